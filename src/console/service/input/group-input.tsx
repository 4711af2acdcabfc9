import { bind } from "../../components/binding.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/fields.tsx";
import { describeMisfit } from "../../format/check-node.ts";
import type { Field, GroupField, Member } from "../../format/field.ts";
import { isMembers, type JsonNode, memberOf, withMember } from "../../format/lossless.ts";
import { type OuterProps, RemoveButton } from "./parts.tsx";

/** Entries with names of their own that are shown; more are in the JSON. */
const MAX_ENTRIES = 50;

interface GroupProps extends OuterProps<GroupField> {
  /** The whole value: a frame around all of it says nothing. */
  readonly isRoot?: boolean;
}

/** An object: its members, those that can be added, and what else is in it. */
export function GroupInput({ field, label, value, onRemove, Inner, isRoot = false }: GroupProps) {
  const content = <Members field={field} label={label} value={value} Inner={Inner} />;
  return isRoot ? (
    <div class="group root">{content}</div>
  ) : (
    <fieldset class="group">
      <legend>
        {label} <small>{field.description}</small> <RemoveButton label={label} onRemove={onRemove} />
      </legend>
      {content}
    </fieldset>
  );
}

function Members({ field, label, value, Inner }: OuterProps<GroupField>) {
  const node = value.value;
  const names = field.members.map(({ name }) => name);
  const set = (name: string, changed: JsonNode | undefined) => {
    value.value = withMember(value.value, name, changed, names);
  };
  const shown = field.members.map((member) => ({ member, input: member.field() }));
  const isShown = ({ member, input }: (typeof shown)[number]) =>
    memberOf(node, member.name) !== undefined || (member.isRequired && isLeaf(input));
  const absent = shown.filter((each) => !isShown(each));
  const others = Object.keys(isMembers(node) ? node : {}).filter((name) => !names.includes(name));
  return (
    <>
      {shown.filter(isShown).map(({ member: { name, isRequired }, input }) => (
        <Inner
          key={name}
          field={input}
          label={name}
          value={bind<JsonNode | undefined>(
            () => memberOf(value.value, name),
            (changed) => set(name, changed),
          )}
          onRemove={isRequired ? undefined : () => set(name, undefined)}
        />
      ))}
      {field.hasOthers && field.others !== undefined ? (
        <Entries label={label} names={others} field={field.others()} value={value} Inner={Inner} />
      ) : (
        others.length > 0 &&
        field.others !== undefined && <p class="hint">Also sent, only in the JSON: {others.join(", ")}</p>
      )}
      <p class="problem">{describeMisfit(field, node)}</p>
      {absent.length > 0 && <Absent absent={absent} onAdd={set} />}
    </>
  );
}

/** A field of its own can be empty, and filled in; a list or an object has to be made. */
function isLeaf({ kind }: Field): boolean {
  return kind !== "group" && kind !== "list" && kind !== "either" && kind !== "any" && kind !== "null";
}

interface AbsentProps {
  readonly absent: readonly { readonly member: Member; readonly input: Field }[];
  readonly onAdd: (name: string, value: JsonNode) => void;
}

function Absent({ absent, onAdd }: AbsentProps) {
  return (
    <div class="actions absent">
      <small>Not sent:</small>
      {absent.map(({ member: { name }, input }) => (
        <Button key={name} onClick={() => onAdd(name, input.example() ?? emptyOf(input))}>
          <span class="unseen">Add </span>
          <span aria-hidden="true">+ </span>
          {name}
        </Button>
      ))}
    </div>
  );
}

/** What no example can be made up for, such as one that contains itself. */
function emptyOf(field: Field): JsonNode {
  switch (field.kind) {
    case "group":
      return {};
    case "list":
      return [];
    case "any":
    case "null":
    case "either":
      return null;
    default:
      return "";
  }
}

interface EntriesProps extends OuterProps<Field> {
  readonly names: readonly string[];
}

/** Members whose names are not known before: each with its name. */
function Entries({ label, names, field, value, Inner }: EntriesProps) {
  const rename = (from: string, to: string) => {
    if (memberOf(value.value, to) === undefined && isMembers(value.value)) {
      const entries = Object.entries(value.value);
      value.value = Object.fromEntries(entries.map(([name, each]) => [name === from ? to : name, each]));
    }
  };
  const add = () => {
    const count = [...Array(names.length + 1).keys()];
    const name = count.map((each) => `name${each + 1}`).find((each) => !names.includes(each)) ?? "name";
    value.value = withMember(value.value, name, field.example() ?? emptyOf(field));
  };
  return (
    <>
      {names.slice(0, MAX_ENTRIES).map((name, index) => (
        <div class="entry" key={index}>
          <TextField
            label={`Name of entry ${index + 1}`}
            class="short"
            signal={bind(
              () => name,
              (to) => rename(name, to),
            )}
          />
          <Inner
            field={field}
            label={`${label} of ${name}`}
            value={bind<JsonNode | undefined>(
              () => memberOf(value.value, name),
              (changed) => {
                value.value = withMember(value.value, name, changed, names);
              },
            )}
            onRemove={() => {
              value.value = withMember(value.value, name, undefined);
            }}
          />
        </div>
      ))}
      {names.length > MAX_ENTRIES && <p class="hint">{names.length - MAX_ENTRIES} more are in the JSON.</p>}
      <div class="actions">
        <Button onClick={add}>
          Add an entry<span class="unseen"> to {label}</span>
        </Button>
      </div>
    </>
  );
}
