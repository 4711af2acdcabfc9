import type { ComponentChildren } from "preact";
import { inAddress } from "../data/address.ts";
import {
  type Answer,
  type ApiDocument,
  contentOf,
  type Endpoint,
  nameOfRef,
  type Parameter,
} from "./document.ts";
import { curlOf } from "./example.ts";
import { describeType, SchemaView } from "./schema-view.tsx";
import { TryIt } from "./try-it.tsx";

/** The one that was opened last, such as `GET /broker/state`. */
const opened = inAddress("endpoint");

interface EndpointProps {
  readonly document: ApiDocument;
  readonly endpoint: Endpoint;
}

export function EndpointView({ document, endpoint }: EndpointProps) {
  const { id, method, path, operation } = endpoint;
  const isOpen = opened.value === id;
  return (
    <details
      class="endpoint"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) {
          opened.value = id;
        } else if (opened.peek() === id) {
          opened.value = undefined;
        }
      }}
    >
      <summary>
        <span class={`method ${method.toLowerCase()}`}>{method}</span>
        <code>{path}</code>
        <span class="endpoint-summary">{operation.summary}</span>
      </summary>
      {isOpen && <Content document={document} endpoint={endpoint} />}
    </details>
  );
}

function Content({ document, endpoint }: EndpointProps) {
  const { method, operation } = endpoint;
  const { parameters = [], requestBody, responses } = operation;
  const body = contentOf(requestBody?.content);
  const canTry = method === "GET" && contentOf(responses["200"]?.content)?.type === "application/json";
  return (
    <div class="endpoint-content">
      {parameters.length > 0 && (
        <Part title="Parameters">
          <dl class="schema">
            {parameters.map((parameter) => (
              <ParameterRow key={parameter.name} parameter={parameter} />
            ))}
          </dl>
        </Part>
      )}
      {body && (
        <Part title={`Body (${body.type})`}>
          <SchemaView document={document} schema={body.schema} />
        </Part>
      )}
      <Part title="Answers">
        <dl class="schema answers">
          {Object.entries(responses).map(([status, answer]) => (
            <AnswerRow key={status} document={document} status={status} answer={answer} />
          ))}
        </dl>
      </Part>
      <Part title="In a shell">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard. */}
        <pre class="json" tabIndex={0}>
          {curlOf(document, endpoint)}
        </pre>
      </Part>
      {canTry && (
        <Part title="Here">
          <TryIt endpoint={endpoint} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <>
      <h4>{title}</h4>
      {children}
    </>
  );
}

function ParameterRow({ parameter }: { readonly parameter: Parameter }) {
  const { name, in: place, required, description, schema } = parameter;
  return (
    <div>
      <dt>
        <code>{name}</code>
        <small>
          {" "}
          in the {place}
          {!required && ", optional"}
        </small>
      </dt>
      <dd>
        <span class="schema-type">{describeType(schema)}</span> {description}
      </dd>
    </div>
  );
}

interface AnswerProps {
  readonly document: ApiDocument;
  readonly status: string;
  readonly answer: Answer;
}

function AnswerRow({ document, status, answer }: AnswerProps) {
  const { description, content } =
    answer.$ref === undefined ? answer : (document.components.responses[nameOfRef(answer.$ref)] ?? {});
  const body = contentOf(content);
  return (
    <div>
      <dt>
        <code>{status === "default" ? "others" : status}</code>
      </dt>
      <dd>
        {description}
        {body && <SchemaView document={document} schema={body.schema} />}
      </dd>
    </div>
  );
}
