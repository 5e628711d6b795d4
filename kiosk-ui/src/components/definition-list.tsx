import type { JSX } from 'preact';

export type Definition = readonly [name: string, value: string];

/** Values longer than this, in characters, are formatted as sentences. */
const LONG = 32;

/** Names and values in rows. */
export function DefinitionList({
  entries: facts,
  title,
}: {
  readonly entries: readonly Definition[];
  readonly title?: string;
}): JSX.Element {
  return (
    <section class="facts">
      {title !== undefined && <h2>{title}</h2>}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class={value.length > LONG ? 'facts-long' : ''}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
