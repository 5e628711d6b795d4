import type { JSX } from 'preact';
import { Icon } from './icon.tsx';

interface ChoiceProps<Value extends string> {
  readonly title: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value) => void;
  /** Called when the selected option is touched again. */
  readonly onWithdraw: () => void;
}

/** One of several options, or none; the selected one is pressed and has a tick. */
export function Choice<Value extends string>({
  title,
  options,
  chosen,
  onChoose,
  onWithdraw,
}: ChoiceProps<Value>): JSX.Element {
  return (
    <section class="choice" role="group" aria-label={title}>
      <h2>{title}</h2>
      <div class="choice-buttons">
        {options.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            class="choice-button"
            data-value={value}
            aria-pressed={value === chosen}
            onClick={() => {
              if (value === chosen) onWithdraw();
              else onChoose(value);
            }}
          >
            {value === chosen && <Icon name="check" />}
            <span>{label}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
