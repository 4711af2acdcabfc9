import { useSignal } from "@preact/signals";
import { h } from "preact";
import { TextField } from "./parts/fields.ts";

/** Asks for the broker's token: it is given by the address, which makes the broker set its cookie. */
export function TokenForm() {
  const token = useSignal("");
  return h(
    "form",
    {
      class: "card token",
      onSubmit: (event) => {
        event.preventDefault();
        const address = new URL(location.href);
        address.searchParams.set("token", token.value);
        location.href = address.href;
      },
    },
    h("h1", null, "This broker needs its token"),
    h("p", { class: "hint" }, "It was chosen when the broker was started, or was printed then."),
    h(TextField, {
      label: "Token",
      type: "password",
      value: token.value,
      onInput: (value: string) => {
        token.value = value;
      },
    }),
    h("button", { type: "submit", class: "primary" }, "Open the console"),
  );
}
