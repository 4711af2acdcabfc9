import { useSignal } from "@preact/signals";
import { SubmitButton } from "./components/button.tsx";
import { TextField } from "./components/fields.tsx";

/** Asks for the broker's token. The browser sends it; a wrong one is answered by a page that says so. */
export function TokenForm() {
  const token = useSignal("");
  return (
    // The hash leads to the same place of the console afterwards.
    <main>
      <form class="card token" method="post" action={`/${location.hash}`}>
        <h1>This broker needs its token</h1>
        <p class="hint">You chose it when you started the broker, or the broker printed it then.</p>
        <TextField label="Token" name="token" type="password" signal={token} />
        <SubmitButton class="primary">Open the console</SubmitButton>
      </form>
    </main>
  );
}
