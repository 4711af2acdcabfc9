import { useSignal } from "@preact/signals";
import { Button } from "../components/button.tsx";
import { describeProblem } from "../data/api.ts";

/** The same as what the form sends, for elsewhere; by the name of where. They throw while the form is not right. */
export type Copies = Readonly<Record<string, () => string>>;

interface Copied {
  readonly name: string;
  readonly text: string;
  readonly note: string;
}

/** Buttons that copy, and show what they have copied. */
export function CopyAs({ copies }: { readonly copies: Copies }) {
  const copied = useSignal<Copied | undefined>(undefined);
  const copy = async (name: string, make: () => string) => {
    let text = "";
    try {
      text = make();
      // Only pages of this computer, and of https, have a clipboard.
      await navigator.clipboard.writeText(text);
      copied.value = { name, text, note: "Copied." };
    } catch (error) {
      const note = text === "" ? describeProblem(error) : "Select it to copy it: this page has no clipboard.";
      copied.value = { name, text, note };
    }
  };
  return (
    <div class="copy-as">
      <div class="actions">
        {Object.entries(copies).map(([name, make]) => (
          <Button key={name} class="link" onClick={() => void copy(name, make)}>
            Copy as {name}
          </Button>
        ))}
        <span role="status">{copied.value?.note}</span>
        {copied.value !== undefined && (
          <Button
            class="link"
            onClick={() => {
              copied.value = undefined;
            }}
          >
            Close
          </Button>
        )}
      </div>
      {copied.value !== undefined && copied.value.text !== "" && (
        <section aria-label={`As ${copied.value.name}`}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard. */}
          <pre class="json" tabIndex={0}>
            {copied.value.text}
          </pre>
        </section>
      )}
    </div>
  );
}
