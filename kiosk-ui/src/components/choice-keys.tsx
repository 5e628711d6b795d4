import type { JSX } from 'preact';

interface ChoiceKeysProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** Exactly one of several options, without a title; `Choice` can have none. */
export function ChoiceKeys<Value extends string>(props: ChoiceKeysProps<Value>): JSX.Element {
  const { label, options, chosen, onChoose } = props;
  return (
    <div class="choice-keys" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          class="choice-key"
          data-value={option.value}
          aria-pressed={option.value === chosen}
          onClick={() => {
            onChoose(option.value);
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
