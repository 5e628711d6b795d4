import type { JSX } from 'preact';

interface TypedTextProps {
  readonly label: string;
  readonly value: string;
  /** Masks a PIN: one dot per digit. */
  readonly hidden?: boolean;
}

/** The text typed so far, in large type. */
export function TypedText({ label, value, hidden = false }: TypedTextProps): JSX.Element {
  return (
    <div class="typed">
      <span class="typed-label">{label}</span>
      <output class="typed-value" data-testid="typed">
        {hidden ? '•'.repeat(value.length) : value}
        <span class="typed-caret" aria-hidden="true" />
      </output>
    </div>
  );
}
