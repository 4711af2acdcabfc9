import type { ComponentChildren } from "preact";
import { bind } from "../../components/binding.ts";
import { SelectField } from "../../components/fields.tsx";
import { describeMisfit, typeIn } from "../../format/check-node.ts";
import type { EitherField } from "../../format/field.ts";
import { GroupInput } from "./group-input.tsx";
import { ChoiceInput, NumberInput, PlainValue, SwitchInput, TextInput, TimeInput } from "./leaf-inputs.tsx";
import { ListInput } from "./list-input.tsx";
import { type InputProps, RemoveButton } from "./parts.tsx";

/** The fields for a value, whatever its format. */
export function ValueInput(props: InputProps): ComponentChildren {
  const { field } = props;
  switch (field.kind) {
    case "number":
      return <NumberInput {...props} field={field} />;
    case "text":
    case "base64":
      return <TextInput {...props} field={field} />;
    case "date-time":
      return <TimeInput {...props} field={field} />;
    case "choice":
      return <ChoiceInput {...props} field={field} />;
    case "switch":
      return <SwitchInput {...props} field={field} />;
    case "null":
    case "any":
      return <PlainValue {...props} field={field} />;
    case "either":
      return <EitherInput {...props} field={field} />;
    case "list":
      return <ListInput {...props} field={field} Inner={ValueInput} />;
    case "group":
      return <GroupInput {...props} field={field} Inner={ValueInput} />;
  }
}

/** A value of one of several types: which one is chosen first. */
function EitherInput({ field, label, value, onRemove }: InputProps<EitherField>) {
  const current = typeIn(field, value.value) ?? field.types[0];
  const type = bind<string>(
    () => current?.[0] ?? "",
    (chosen) => {
      const [, other] = field.types.find(([each]) => each === chosen) ?? [];
      value.value = other?.example() ?? null;
    },
  );
  return (
    <fieldset class="group">
      <legend>
        {label} <RemoveButton label={label} onRemove={onRemove} />
      </legend>
      <SelectField
        label={`Type of ${label}`}
        class="short"
        signal={type}
        choices={field.types.map(([each]) => [each, each] as const)}
      />
      {current !== undefined && <ValueInput field={current[1]} label={label} value={value} />}
      <p class="problem">{describeMisfit(field, value.value)}</p>
    </fieldset>
  );
}
