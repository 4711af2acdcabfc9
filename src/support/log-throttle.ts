import { clip } from "./clip.ts";
import type { Clock } from "./clock.ts";

/** Lines of one cause in a window. */
const LINES = 5;
/** Milliseconds. */
const WINDOW = 1_000;
/** Causes at a time; all further ones share one, so that a server that makes up causes fills neither memory nor log. */
const MAX_CAUSES = 30;
const OTHERS = "others";
/** What lines of one cause have in common at least. */
const CAUSE_LENGTH = 40;

interface Cause<Level> {
  readonly level: Level;
  readonly first: string;
  lines: number;
  leftOut: number;
}

/** Writes a few lines a second for each cause, and then how many more there were. */
export class LogThrottle<Level extends string> {
  readonly #clock: Clock;
  readonly #write: (level: Level, line: string) => void;
  readonly #causes = new Map<string, Cause<Level>>();
  #windowStart = Number.NEGATIVE_INFINITY;
  #timer: unknown;

  constructor(clock: Clock, write: (level: Level, line: string) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  log(level: Level, line: string): void {
    const now = this.#clock.monotonic?.() ?? this.#clock.now();
    if (now - this.#windowStart >= WINDOW || now < this.#windowStart) {
      this.flush();
      this.#windowStart = now;
    }
    const cause = this.#cause(level, line);
    if (cause.lines < LINES) {
      cause.lines += 1;
      this.#write(level, line);
    } else {
      cause.leftOut += 1;
      this.#timer ??= this.#clock.setTimeout(() => this.flush(), WINDOW);
    }
  }

  /** Ends the window: says what was left out. */
  flush(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    const causes = [...this.#causes.values()];
    this.#causes.clear();
    for (const { level, first, leftOut } of causes) {
      const count = leftOut.toLocaleString("en-US");
      if (leftOut > 0) {
        this.#write(level, `… and ${count} more like this: ${clip(first, 100)}`);
      }
    }
  }

  #cause(level: Level, line: string): Cause<Level> {
    const wanted = `${level} ${causeOf(line)}`;
    const key = this.#causes.has(wanted) || this.#causes.size < MAX_CAUSES ? wanted : OTHERS;
    const known = this.#causes.get(key);
    if (known !== undefined) {
      return known;
    }
    const cause = { level, first: line, lines: 0, leftOut: 0 };
    this.#causes.set(key, cause);
    return cause;
  }
}

/** What stays the same in a line: not what is quoted in it, and no numbers. */
function causeOf(line: string): string {
  return line
    .slice(0, 400)
    .replace(/"(?:[^"\\]|\\.)*"?/g, '""')
    .replace(/\d+/g, "0")
    .slice(0, CAUSE_LENGTH);
}
