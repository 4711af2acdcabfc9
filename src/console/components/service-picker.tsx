import { useSignal } from "@preact/signals";
import type { TargetedEvent } from "preact";
import { useId } from "preact/hooks";
import { nameOf, services } from "../data/broker-state.ts";
import { serviceMatcher } from "../data/service-search.ts";
import type { ServiceSummary } from "../data/types.ts";
import type { Binding } from "./binding.ts";
import { FieldBox } from "./fields.tsx";

const MAX_MATCHES = 12;

interface PickerProps {
  readonly label: string;
  /** The uuid; `undefined` for none. */
  readonly signal: Binding<string | undefined>;
  /** Shown while none is chosen, such as `All services`. */
  readonly placeholder?: string | undefined;
  readonly class?: string | undefined;
}

/** Finds a service among many: a text field with the services that match. Arrow keys and Enter choose. */
export function ServicePicker(props: PickerProps) {
  const { label, signal, placeholder = "Type a name or a uuid", class: className = "" } = props;
  const id = useId();
  /** What is being typed; `undefined` while nobody types. */
  const typed = useSignal<string | undefined>(undefined);
  const active = useSignal(0);
  const isOpen = typed.value !== undefined;
  const matches = typed.value === undefined ? [] : findServices(typed.value);
  const uuid = signal.value;
  const optionId = (index: number) => `${id}-${index}`;

  const open = () => {
    typed.value ??= "";
    active.value = 0;
  };
  const close = () => {
    typed.value = undefined;
  };
  const pick = (service: ServiceSummary | undefined) => {
    if (service !== undefined) {
      close();
      signal.value = service.uuid;
    }
  };
  const onInput = (event: TargetedEvent<HTMLInputElement>) => {
    typed.value = event.currentTarget.value;
    active.value = 0;
    if (typed.value === "") {
      signal.value = undefined;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) {
        const next = active.value + (event.key === "ArrowDown" ? 1 : -1);
        active.value = Math.min(matches.length - 1, Math.max(0, next));
      } else {
        open();
      }
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      pick(matches[active.value]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    }
  };
  // Leaving the field takes what was typed, as Enter does. A list that was only opened chooses nothing.
  const onBlur = () => {
    if (typed.value !== "") {
      pick(matches[active.value]);
    }
    close();
  };
  return (
    <FieldBox id={id} label={label} class={`picker ${className}`}>
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        placeholder={placeholder}
        value={typed.value ?? (uuid === undefined ? "" : nameOf(uuid))}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && matches.length > 0 ? optionId(active.value) : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onClick={open}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      {/* biome-ignore lint/a11y: the list of a combobox, as ARIA describes it. */}
      <ul id={`${id}-list`} role="listbox" aria-label="Services that fit" hidden={!isOpen}>
        {matches.map((service, index) => (
          // biome-ignore lint/a11y: the field keeps the focus, and names the active option.
          <li
            key={service.uuid}
            id={optionId(index)}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: likewise.
            role="option"
            aria-selected={index === active.value}
            onMouseDown={(event) => {
              // Before the field loses the focus.
              event.preventDefault();
              pick(service);
            }}
          >
            <span class={`dot ${service.connected ? "good" : ""}`} />
            <span class="picker-name">{service.name}</span>
            <small>{service.uuid}</small>
          </li>
        ))}
        {isOpen && matches.length === 0 && <li class="hint">No matching service.</li>}
      </ul>
    </FieldBox>
  );
}

function findServices(typed: string): ServiceSummary[] {
  const matches = serviceMatcher(typed);
  const found: ServiceSummary[] = [];
  for (const service of services.value) {
    if (matches(service)) {
      found.push(service);
    }
    if (found.length === MAX_MATCHES) {
      break;
    }
  }
  return found;
}
