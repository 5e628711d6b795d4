import type { JSX } from 'preact';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface PagerProps {
  readonly newer: (() => void) | undefined;
  readonly older: (() => void) | undefined;
  readonly labels?: readonly [string, string];
  readonly where: string;
}

/** Previous and next buttons and the position, below a paged list. */
export function Pager({ newer, older, labels, where }: PagerProps): JSX.Element {
  const [before, after] = labels ?? [t('page.newer'), t('page.older')];
  return (
    <div class="pager">
      <TouchButton label={before} icon="newer" disabled={newer === undefined} onPress={() => newer?.()} />
      <span class="pager-position">{where}</span>
      <TouchButton label={after} icon="older" disabled={older === undefined} onPress={() => older?.()} />
    </div>
  );
}
