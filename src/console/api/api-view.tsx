import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { bind } from "../components/binding.ts";
import { TextField } from "../components/fields.tsx";
import { inAddress } from "../data/address.ts";
import { describeProblem, request } from "../data/api.ts";
import { lostSince } from "../data/connection.ts";
import { type ApiDocument, groupsOf } from "./document.ts";
import { EndpointView } from "./endpoint-view.tsx";
import { SchemaView } from "./schema-view.tsx";

const PATH = "/v3/api-docs";

const searched = inAddress("find");
const search = bind(
  () => searched.value ?? "",
  (typed) => {
    searched.value = typed === "" ? undefined : typed;
  },
);

/** The REST interface, made for reading out of the same document that programs read. */
export function ApiView() {
  const document = useSignal<ApiDocument | undefined>(undefined);
  const problem = useSignal("");
  const isLost = lostSince.value !== undefined;
  useEffect(() => {
    if (!isLost && document.peek() === undefined) {
      request<ApiDocument>("GET", PATH).then(
        (loaded) => {
          document.value = loaded;
          problem.value = "";
        },
        (error) => {
          problem.value = describeProblem(error);
        },
      );
    }
  }, [isLost]);
  return (
    <>
      <h2>REST interface</h2>
      <p class="hint">
        For programs: <a href={`${PATH}?format=json`}>the same as OpenAPI 3 (JSON)</a>, at <code>{PATH}</code>
        .
      </p>
      {document.value === undefined ? (
        <p class="hint" role="status">
          {problem.value === "" ? "Asking the broker…" : problem.value}
        </p>
      ) : (
        <Endpoints document={document.value} />
      )}
    </>
  );
}

function Endpoints({ document }: { readonly document: ApiDocument }) {
  const wanted = search.value.trim().toLowerCase();
  const groups = groupsOf(document)
    .map(
      ([tag, endpoints]) =>
        [
          tag,
          endpoints.filter(({ id, operation }) =>
            `${id} ${operation.summary}`.toLowerCase().includes(wanted),
          ),
        ] as const,
    )
    .filter(([, endpoints]) => endpoints.length > 0);
  return (
    <>
      <p>{document.info.description}</p>
      <TextField
        label="Search for a path or a word"
        class="quiet"
        type="search"
        placeholder="Search endpoints"
        signal={search}
      />
      {groups.length === 0 && <p class="hint">No matching endpoint.</p>}
      <div class="beside-each-other">
        <div>
          {groups.map(([tag, endpoints]) => (
            <section key={tag} class="card endpoints" aria-label={tag}>
              <h3>
                {tag} <small>{endpoints.length}</small>
              </h3>
              {endpoints.map((endpoint) => (
                <EndpointView key={endpoint.id} document={document} endpoint={endpoint} />
              ))}
            </section>
          ))}
        </div>
        <section class="card endpoints" aria-label="Schemas">
          <h3>Schemas</h3>
          {Object.keys(document.components.schemas).map((name) => (
            <SchemaView key={name} document={document} schema={{ $ref: `#/components/schemas/${name}` }} />
          ))}
        </section>
      </div>
    </>
  );
}
