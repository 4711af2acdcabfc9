import type { Signal } from "@preact/signals";
import { Button } from "../../components/button.tsx";
import { TextArea } from "../../components/fields.tsx";
import { HighlightedJson } from "../../components/json.tsx";
import { timeOfDay } from "../../data/connection.ts";
import { asFormat } from "../../format/schema.ts";
import { type Assessment, WHOLE } from "./assess.ts";
import { MappingTable } from "./mapping-table.tsx";
import { changeSource, type ReadMapping, writeMapping } from "./mapping-text.ts";
import { MAX_PLACES } from "./places.ts";
import { previewMapping, type SampleEvent } from "./preview.ts";
import { suggestMapping } from "./suggest.ts";

interface EditorProps {
  /** The mapping as JSON: what the table and the text change. */
  readonly json: Signal<string>;
  readonly read: ReadMapping;
  readonly assessment: Assessment;
  readonly eventFormat: unknown;
  readonly functionFormat: unknown;
  readonly sample: SampleEvent | undefined;
}

/** A mapping as a table, one row for each place of the function, and the same as JSON beside it. */
export function MappingEditor(props: EditorProps) {
  const { json, read, assessment, eventFormat, functionFormat, sample } = props;
  if (asFormat(functionFormat) === undefined) {
    return <p class="hint">The function takes no value: each event calls it.</p>;
  }
  const isWhole = read.mapping === undefined && read.problem === undefined;
  const suggest = () => {
    json.value = writeMapping(suggestMapping(eventFormat, functionFormat));
  };
  return (
    <fieldset class="mapping">
      <legend>What the function gets</legend>
      <div class="actions">
        <Button onClick={suggest}>Suggest</Button>
        {!isWhole && (
          <Button
            onClick={() => {
              json.value = "";
            }}
          >
            The whole value
          </Button>
        )}
        <span class="hint">
          {isWhole ? "The event's value as it is, without a mapping." : "Each field from where you say."}
        </span>
      </div>
      <div class="mapping-sides">
        <div>
          {read.problem === undefined ? (
            <MappingTable
              assessment={assessment}
              eventFormat={eventFormat}
              sample={sample}
              onChange={(pointer, source) => {
                const isSeen = assessment.rows.some((row) => row.pointer === "/dataObject");
                const whole = isSeen ? writeMapping(WHOLE) : "{}";
                json.value = changeSource(isWhole ? whole : json.value, pointer, source);
              }}
            />
          ) : (
            <p class="problem">The table comes back when the JSON can be read.</p>
          )}
          {assessment.rows.length >= MAX_PLACES && (
            <p class="hint">Only the first {MAX_PLACES} fields are shown. The JSON takes the others.</p>
          )}
        </div>
        <div>
          <TextArea
            label="The same as JSON: places of the function, and where their values come from"
            placeholder='{ "/dataObject/speed": "/dataObject/rpm", "/dataObject/unit": { "value": "1/min" } }'
            signal={json}
            problem={read.problem}
          />
          {read.problem === undefined && <Result read={read} sample={sample} />}
        </div>
      </div>
    </fieldset>
  );
}

function Result({ read, sample }: { readonly read: ReadMapping; readonly sample: SampleEvent | undefined }) {
  if (sample === undefined) {
    return <p class="hint">No event has come yet. With the first one you see here what the function gets.</p>;
  }
  const { value, problem } = previewMapping(read.mapping, sample);
  return (
    <>
      <p class="hint">With the last event ({timeOfDay(sample.at)}) the function gets:</p>
      {problem === undefined ? (
        <HighlightedJson json={JSON.stringify(value, null, 2) ?? "nothing"} />
      ) : (
        <p class="problem">{problem}</p>
      )}
    </>
  );
}
