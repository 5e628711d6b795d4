import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

export interface Tab {
  readonly name: string;
  readonly content: () => ComponentChildren;
}

/** A few panels in one place, so that nothing scrolls. Arrow keys move between the tabs. */
export function Tabs({
  tabs,
  label,
  first = 0,
}: {
  readonly tabs: readonly Tab[];
  readonly label: string;
  /** Index of the one that is shown first. */
  readonly first?: number;
}): JSX.Element {
  const [chosen, choose] = useState(first);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = (chosen + by + tabs.length) % tabs.length;
    choose(next);
    (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ name }, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${i}`}
            aria-controls="tab-panel"
            aria-selected={i === chosen}
            tabIndex={i === chosen ? 0 : -1}
            onClick={() => {
              choose(i);
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${chosen}`} tabIndex={0}>
        {tabs[chosen]?.content()}
      </div>
    </>
  );
}
