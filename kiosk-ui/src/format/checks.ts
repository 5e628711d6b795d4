import type { Check } from '#protocol/diagnostics.ts';
import { problemOf } from '../i18n/codes/codes.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

/** What a check found, in the words of those who use the kiosk; `found` is for a technician, and in English. */
export function plainFinding({ id, state, found, cureCode }: Check): string {
  switch (state) {
    case 'ok':
      if (id === 'button' && view.value?.button.driver === 'virtual') return t('test.plain.no-button');
      if (id === 'lamp' && isNone(found)) return t('test.lamp.none');
      return t(`test.plain.${id}`);
    case 'unknown':
      return t('test.plain.unknown');
    case 'warning':
    case 'failed':
      return problemOf(cureCode) ?? t(`test.plain.${state}`);
  }
}

/** Whether the kiosk reports that it has no lamp. */
export function isNone(found: string): boolean {
  return found.startsWith('none');
}
