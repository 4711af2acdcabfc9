import { useSignal } from "@preact/signals";
import { h } from "preact";
import { TextField } from "./components/fields.tsx";

/** Asks for the broker's token, which sets its cookie; a wrong one is answered by a page that says so. */
export function TokenForm() {
  const token = useSignal("");
  return h(
    "form",
    // The same place of the console afterwards.
    { class: "card token", method: "post", action: `/${location.hash}` },
    h("h1", null, "This broker needs its token"),
    h("p", { class: "hint" }, "It was chosen when the broker was started, or was printed then."),
    h(TextField, {
      label: "Token",
      name: "token",
      type: "password",
      value: token.value,
      onInput: (value: string) => {
        token.value = value;
      },
    }),
    h("button", { type: "submit", class: "primary" }, "Open the console"),
  );
}
