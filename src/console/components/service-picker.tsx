import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useId } from "preact/hooks";
import { nameOf, services } from "../data/broker-state.ts";

const MAX_MATCHES = 12;

interface PickerProps {
  readonly label: string;
  readonly uuid: string | undefined;
  readonly onPick: (uuid: string | undefined) => void;
  /** Shown where none is chosen, such as `All services`. */
  readonly placeholder?: string | undefined;
}

/** Finds a service among many: a text field with the services that fit. Arrow keys and Enter choose. */
export function ServicePicker({ label, uuid, onPick, placeholder = "Type a name or a uuid" }: PickerProps) {
  const id = useId();
  /** What is being typed; `undefined` while nobody types. */
  const typed = useSignal<string | undefined>(undefined);
  const active = useSignal(0);
  const matches = typed.value === undefined ? [] : find(typed.value);
  const isOpen = typed.value !== undefined;
  const pick = (picked: string | undefined) => {
    typed.value = undefined;
    onPick(picked);
  };
  const pickActive = () => {
    const match = matches[active.value];
    // A list that was only opened chooses nothing.
    if (match !== undefined && typed.value !== "") {
      pick(match.uuid);
    }
    typed.value = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active.value = isOpen ? Math.min(matches.length - 1, Math.max(0, active.value + step)) : 0;
      typed.value ??= "";
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      const match = matches[active.value];
      if (match !== undefined) {
        pick(match.uuid);
      }
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      typed.value = undefined;
    }
  };
  return h(
    "div",
    { class: "field picker" },
    h("label", { for: id }, label),
    h("input", {
      ...{ id, type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder },
      value: typed.value ?? (uuid === undefined ? "" : nameOf(uuid)),
      "aria-expanded": isOpen,
      "aria-controls": `${id}-list`,
      "aria-autocomplete": "list",
      ...(isOpen && matches.length > 0 ? { "aria-activedescendant": `${id}-${active.value}` } : {}),
      onFocus: (event) => event.currentTarget.select(),
      onClick: () => {
        typed.value ??= "";
        active.value = 0;
      },
      onInput: (event) => {
        typed.value = event.currentTarget.value;
        active.value = 0;
        if (typed.value === "") {
          onPick(undefined);
        }
      },
      onKeyDown,
      // Leaving it takes what was typed, as with Enter.
      onBlur: pickActive,
    }),
    h(
      "ul",
      { id: `${id}-list`, role: "listbox", "aria-label": "Services that fit", hidden: !isOpen },
      matches.map((service, index) =>
        h(
          "li",
          {
            key: service.uuid,
            id: `${id}-${index}`,
            role: "option",
            "aria-selected": index === active.value,
            // Before the field loses the focus.
            onMouseDown: (event: MouseEvent) => {
              event.preventDefault();
              pick(service.uuid);
            },
          },
          h("span", { class: `dot ${service.connected ? "good" : ""}` }),
          h("span", { class: "picker-name" }, service.name),
          h("small", null, service.uuid),
        ),
      ),
      isOpen && matches.length === 0 ? h("li", { class: "hint" }, "No service fits.") : null,
    ),
  );
}

function find(text: string) {
  const wanted = text.trim().toLowerCase();
  const found = [];
  for (const service of services.value) {
    if (service.name.toLowerCase().includes(wanted) || service.uuid.toLowerCase().includes(wanted)) {
      found.push(service);
    }
    if (found.length === MAX_MATCHES) {
      break;
    }
  }
  return found;
}
