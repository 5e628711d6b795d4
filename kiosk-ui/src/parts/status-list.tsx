import type { JSX } from 'preact';
import type { View } from '../../../src/protocol/view.ts';

type Tone = 'good' | 'wait' | 'bad';

interface Item {
  readonly name: string;
  readonly text: string;
  readonly tone: Tone;
}

/** What works, in one line each; a problem also has its place in the large words above. */
export function StatusList({ view }: { readonly view: View }): JSX.Element {
  return (
    <dl class="status">
      {itemsOf(view).map(({ name, text, tone }) => (
        <div key={name} class={`status-item status-${tone}`}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function itemsOf({ model, storage, button }: View): readonly Item[] {
  const stored = storage.state === 'ok';
  const pressed = button.state === 'ready';
  return [
    { name: 'Model', ...modelItem(model) },
    { name: 'Storage', text: stored ? 'Recording' : 'Not recording', tone: stored ? 'good' : 'bad' },
    // Without a working button a caution of its own says so.
    ...(pressed ? [{ name: 'Button', text: `Ready (${button.driver})`, tone: 'good' } as const] : []),
  ];
}

function modelItem(model: View['model']): Omit<Item, 'name'> {
  switch (model.state) {
    case 'ready':
      return { text: `${model.name} ${model.version} · ${model.engine}`, tone: 'good' };
    case 'loading':
      return { text: 'Loading', tone: 'wait' };
    case 'none':
      return { text: 'None', tone: 'bad' };
  }
}
