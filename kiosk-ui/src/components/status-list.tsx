import type { JSX } from 'preact';
import type { View } from '#protocol/view.ts';
import { t } from '../i18n/translate.ts';

type Tone = 'good' | 'wait' | 'bad';

interface Item {
  readonly name: string;
  readonly text: string;
  readonly tone: Tone;
}

/** Working components, one line each; problems are also shown in large type above. */
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
    { name: t('status.model'), ...modelItem(model) },
    {
      name: t('status.storage'),
      text: t(stored ? 'status.recording' : 'status.not-recording'),
      tone: stored ? 'good' : 'bad',
    },
    // Without a working button, a separate caution says so.
    ...(pressed
      ? [
          {
            name: t('status.button'),
            text: t('status.ready'),
            tone: 'good',
          } as const,
        ]
      : []),
  ];
}

function modelItem(model: View['model']): Omit<Item, 'name'> {
  switch (model.state) {
    case 'ready':
      return { text: t('status.ready'), tone: 'good' };
    case 'loading':
      return { text: t('status.loading'), tone: 'wait' };
    case 'none':
      return { text: t('status.none'), tone: 'bad' };
  }
}
