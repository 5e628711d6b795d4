import type { JSX } from 'preact';

export type Fact = readonly [name: string, value: string];

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
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
