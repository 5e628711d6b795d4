import type { JSX } from 'preact';

export type Fact = readonly [name: string, value: string];

/** Characters beyond which a value is a sentence. */
const LONG = 32;

/** Names and values, in rows. */
export function Facts({
  facts,
  title,
}: {
  readonly facts: readonly Fact[];
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
