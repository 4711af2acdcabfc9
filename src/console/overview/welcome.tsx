import { HighlightedJson } from "../components/json.tsx";

/** How to begin. */
export function Welcome({ url }: { readonly url: string }) {
  // On lines that a phone does not break.
  const example = `const client = new MsbClient({
  type: "SmartObject",
  uuid: crypto.randomUUID(),
  name: "Press 7",
  description: "…",
  token: "press7",
});
await client.connect(${JSON.stringify(url)});
await client.register();`;
  return (
    <section class="card whole" aria-label="How to begin">
      <h3>No service has registered yet</h3>
      <p>
        Connect a client to <code>{url}</code>. It appears in the list of services as soon as it registers.
      </p>
      <HighlightedJson json={example} />
    </section>
  );
}
