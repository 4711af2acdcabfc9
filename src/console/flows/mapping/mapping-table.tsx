import type { MappingSource } from "../../../broker/flows/mapping.ts";
import { type Assessment, fitSource, type Row } from "./assess.ts";
import { misfitOf, shortJson } from "./fit-value.ts";
import { placesOfEvent } from "./places.ts";
import { previewSource, type SampleEvent } from "./preview.ts";
import { type SourceChoice, SourceField } from "./source-field.tsx";
import { type Typed, typeInWords } from "./typed.ts";

interface TableProps {
  readonly assessment: Assessment;
  readonly eventFormat: unknown;
  readonly sample: SampleEvent | undefined;
  readonly onChange: (pointer: string, source: MappingSource | undefined) => void;
}

export function MappingTable({ assessment, eventFormat, sample, onChange }: TableProps) {
  return (
    <table class="mapping-table">
      <thead>
        <tr>
          <th scope="col">Field of the function</th>
          <th scope="col">Comes from</th>
          <th scope="col">Last event</th>
        </tr>
      </thead>
      <tbody>
        {assessment.rows.map((row) => (
          <TableRow
            key={row.pointer}
            row={row}
            choices={choicesFor(row.place?.typed, eventFormat)}
            sample={sample}
            onChange={(source) => onChange(row.pointer, source)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** What it is called to have no source. */
const NOTHING = { none: "nothing", above: "with the whole", below: "by its fields" } as const;

interface RowProps {
  readonly row: Row;
  readonly choices: readonly SourceChoice[];
  readonly sample: SampleEvent | undefined;
  readonly onChange: (source: MappingSource | undefined) => void;
}

function TableRow({ row, choices, sample, onChange }: RowProps) {
  const { pointer, place, source, comesWith } = row;
  const preview = source === undefined || sample === undefined ? undefined : previewSource(source, sample);
  const misfit = preview?.problem ?? misfitOfPreview(row, preview?.value);
  // What the types say counts more than one event.
  const words = row.words === "" ? misfit : row.words;
  const tone = row.level === "no" || misfit !== undefined ? "no" : row.level;
  return (
    <tr class={`fit-${tone}`}>
      <th scope="row" style={`padding-left:${0.5 + (place?.depth ?? 0) * 0.75}rem`}>
        <code>{place?.name ?? pointer}</code>
        {place?.isRequired === true && <span class="needed"> needed</span>}
        {place !== undefined && <small>{typeInWords(place.typed)}</small>}
      </th>
      <td data-label="Comes from">
        <SourceField
          label={`Source of ${pointer}`}
          source={source}
          target={place?.typed}
          choices={choices}
          nothing={NOTHING[comesWith ?? "none"]}
          onChange={onChange}
        />
        {words !== undefined && words !== "" && (
          <p class="misfit">
            {tone === "no" ? "✗ " : "⚠ "}
            {words}
          </p>
        )}
      </td>
      <td data-label="Last event" class="preview">
        {preview !== undefined && preview.problem === undefined && (
          <code title={JSON.stringify(preview.value)}>{shortJson(preview.value, 40)}</code>
        )}
      </td>
    </tr>
  );
}

/** What is wrong with the value of the last event. */
function misfitOfPreview({ place }: Row, value: unknown): string | undefined {
  return value === undefined || place === undefined ? undefined : misfitOf(value, place.typed);
}

/** The places of the event: those that fit first. */
function choicesFor(target: Typed | undefined, eventFormat: unknown): SourceChoice[] {
  const choices = placesOfEvent(eventFormat).map(({ pointer, typed }): SourceChoice => {
    const { level } =
      target === undefined ? { level: "maybe" as const } : fitSource(pointer, eventFormat, target, false);
    return { pointer, type: typeInWords(typed), level };
  });
  return [
    ...choices.filter(({ level }) => level === "fits"),
    ...choices.filter(({ level }) => level === "maybe"),
    ...choices.filter(({ level }) => level === "no"),
  ];
}
