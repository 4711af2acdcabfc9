import { arch, cpus } from "node:os";

/** What figures were measured on, and when: `2 × Intel Xeon, x64, Node.js v20.20.2, 2026-11-28`. */
export function describeMachine(): string {
  const date = new Date().toISOString().slice(0, 10);
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${arch()}, Node.js ${process.version.slice(1)}, ${date}`;
}
