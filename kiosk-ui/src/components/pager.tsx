import type { JSX } from 'preact';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface PagerProps {
  readonly newer: (() => void) | undefined;
  readonly older: (() => void) | undefined;
  readonly labels?: readonly [string, string];
  readonly where: string;
  /** Only arrows, where the words do not fit. */
  readonly bare?: boolean;
}

/** Previous and next buttons and the position, below a paged list. */
export function Pager({ newer, older, labels, where, bare = false }: PagerProps): JSX.Element {
  const [before, after] = labels ?? [t('page.newer'), t('page.older')];
  return (
    <div class="pager">
      <TouchButton
        label={before}
        icon="newer"
        bare={bare}
        disabled={newer === undefined}
        onPress={() => newer?.()}
      />
      <span class="pager-position">{where}</span>
      <TouchButton
        label={after}
        icon="older"
        bare={bare}
        disabled={older === undefined}
        onPress={() => older?.()}
      />
    </div>
  );
}
