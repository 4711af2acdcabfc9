import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { MappingSource } from "../../../broker/flows/mapping.ts";
import { pointerOf } from "./assess.ts";
import { isText, type Level } from "./fit.ts";
import { alternativesOf, kindOf, resolve, type Typed } from "./typed.ts";

/** A place of the event that a value can come from. */
export interface SourceChoice {
  readonly pointer: string;
  readonly type: string;
  readonly level: Level;
}

interface FieldProps {
  readonly label: string;
  readonly source: MappingSource | undefined;
  readonly target: Typed | undefined;
  readonly choices: readonly SourceChoice[];
  /** What it is called to have no source. */
  readonly nothing: string;
  readonly onChange: (source: MappingSource | undefined) => void;
}

/** Not a template of this code. */
const TEMPLATE = "$" + "{/dataObject/name} is ready";

const GROUPS: readonly (readonly [Level, string])[] = [
  ["fits", "Fits"],
  ["maybe", "Fits sometimes"],
  ["no", "Does not fit: another type"],
];

/** Where one value comes from: nowhere, a place of the event, a constant, or text with such places in it. */
export function SourceField({ label, source, target, choices, nothing, onChange }: FieldProps) {
  const chosen = kindOfSource(source);
  const pointer = source === undefined || chosen !== "place" ? undefined : pointerOf(source);
  const isListed = pointer === undefined || choices.some((each) => each.pointer === pointer);
  const choose = (value: string) => {
    if (value === "nothing") {
      onChange(undefined);
    } else if (value === "constant") {
      onChange({ value: firstConstant(target) });
    } else if (value === "template") {
      onChange({ template: pointer === undefined ? "" : `\${${pointer}}` });
    } else {
      onChange(value);
    }
  };
  return (
    <>
      <select
        aria-label={label}
        value={chosen === "place" ? pointer : chosen}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="nothing" selected={chosen === "nothing"}>
          – {nothing} –
        </option>
        {!isListed && (
          <option value={pointer} selected>
            {pointer}
          </option>
        )}
        {GROUPS.map(([level, name]) => {
          const group = choices.filter((choice) => choice.level === level);
          return (
            group.length > 0 && (
              <optgroup key={level} label={name}>
                {group.map((choice) => (
                  <option
                    key={choice.pointer}
                    value={choice.pointer}
                    selected={chosen === "place" && choice.pointer === pointer}
                  >
                    {choice.pointer} ({choice.type})
                  </option>
                ))}
              </optgroup>
            )
          );
        })}
        <optgroup label="Not from the event">
          <option value="constant" selected={chosen === "constant"}>
            always the same value
          </option>
          <option value="template" selected={chosen === "template"}>
            text with values in it
          </option>
        </optgroup>
      </select>
      {source !== undefined && typeof source === "object" && "value" in source && (
        <ConstantInput label={label} value={source.value} target={target} onChange={onChange} />
      )}
      {source !== undefined && typeof source === "object" && "template" in source && (
        <TypedInput
          label={`${label}: the text`}
          placeholder={TEMPLATE}
          value={source.template}
          onTyped={(template) => onChange({ template })}
        />
      )}
    </>
  );
}

interface ConstantProps {
  readonly label: string;
  readonly value: unknown;
  readonly target: Typed | undefined;
  readonly onChange: (source: MappingSource) => void;
}

function ConstantInput({ label, value, target, onChange }: ConstantProps) {
  const id = useId();
  const texts = target !== undefined && isText(target);
  const shown = texts && typeof value === "string" ? value : JSON.stringify(value);
  return (
    <>
      <TypedInput
        label={`${label}: the value`}
        list={id}
        value={shown}
        onTyped={(typed) => onChange({ value: readConstant(typed, texts) })}
      />
      <datalist id={id}>
        {allowedOf(target).map((each) => (
          <option key={String(each)} value={texts ? String(each) : JSON.stringify(each)} />
        ))}
      </datalist>
    </>
  );
}

interface TypedProps {
  readonly label: string;
  readonly value: string;
  readonly list?: string;
  readonly placeholder?: string;
  readonly onTyped: (typed: string) => void;
}

/** Takes what was typed when it is whole. Until then it stays, although each event draws the table anew. */
function TypedInput({ label, value, onTyped, ...rest }: TypedProps) {
  const typed = useSignal<string | undefined>(undefined);
  return (
    <input
      type="text"
      {...rest}
      aria-label={label}
      value={typed.value ?? value}
      spellcheck={false}
      autocomplete="off"
      onInput={(event) => {
        typed.value = event.currentTarget.value;
      }}
      onChange={(event) => {
        typed.value = undefined;
        onTyped(event.currentTarget.value);
      }}
      // What is as it was before is no change.
      onBlur={() => {
        typed.value = undefined;
      }}
    />
  );
}

/** What is not JSON is taken as text; whether that fits is said below. */
function readConstant(typed: string, isTextWanted: boolean): unknown {
  if (isTextWanted) {
    return typed;
  }
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

function kindOfSource(source: MappingSource | undefined): "nothing" | "place" | "constant" | "template" {
  if (source === undefined) {
    return "nothing";
  }
  if (typeof source === "string" || "source" in source) {
    return "place";
  }
  return "value" in source ? "constant" : "template";
}

/** The values that a schema lists, or that there are. */
function allowedOf(target: Typed | undefined): readonly unknown[] {
  if (target === undefined) {
    return [];
  }
  const { schema } = resolve(target);
  if (Array.isArray(schema["enum"])) {
    return schema["enum"];
  }
  return kindOf(resolve(target)) === "boolean" ? [true, false] : [];
}

/** A value to begin with. */
function firstConstant(target: Typed | undefined): unknown {
  const [allowed] = allowedOf(target);
  if (allowed !== undefined || target === undefined) {
    return allowed ?? "";
  }
  const [first] = alternativesOf(target);
  const kind = first === undefined ? undefined : kindOf(first);
  return kind === "integer" || kind === "number" ? 0 : kind === "array" ? [] : kind === "object" ? {} : "";
}
