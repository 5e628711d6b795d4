import type { ComponentChildren, JSX } from 'preact';
import type { HelpTopic } from '../i18n/help/topics.ts';
import { t } from '../i18n/translate.ts';
import { HelpButton } from './help-button.tsx';
import { TouchButton } from './touch-button.tsx';

interface DialogPageProps {
  readonly title: string;
  readonly class: string;
  /** Keys that replace one another in one place: see `touch-guard.ts`. */
  readonly step?: string;
  /** Beside the title. */
  readonly note?: string;
  /** Beside the note. */
  readonly keys?: ComponentChildren;
  /** Its help page; a help page has none. */
  readonly help?: HelpTopic;
  readonly onBack: () => void;
  readonly children: ComponentChildren;
}

/** A page over another, which stays as it is; `PageHead` is for the others. */
export function DialogPage(props: DialogPageProps): JSX.Element {
  const { title, step, note, keys, help, onBack, children } = props;
  return (
    <div class={`${props.class} page`} role="dialog" aria-modal="true" aria-label={title} data-step={step}>
      {/* Not a `header`: over another dialog, the page would have two banners. */}
      <div class="page-head">
        <TouchButton label={t('back')} icon="back" tone="quiet" leaves onPress={onBack} />
        <h1>{title}</h1>
        {note !== undefined && <p class="page-note">{note}</p>}
        {keys}
        {help !== undefined && <HelpButton topic={help} />}
      </div>
      {children}
    </div>
  );
}
