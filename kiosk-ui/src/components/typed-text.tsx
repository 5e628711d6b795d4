import type { JSX } from 'preact';

interface TypedTextProps {
  readonly label: string;
  readonly value: string;
  /** A PIN is not for who stands behind: a dot for each of its digits. */
  readonly hidden?: boolean;
}

/** What the keys below it have written so far, large. */
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
