import { partOf, type BodySite } from '#protocol/body-sites.ts';
import type { LesionView } from '#protocol/context.ts';
import { codes } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** “Chest, left”: the patient's left. */
export function siteName(site: BodySite): string {
  const { part, side } = partOf(site);
  const name = codes().sites[part];
  return side === undefined ? name : t('site.sided', { site: name, side: t(`side.${side}`) });
}

/** “2 · Chest, left”; an erased label is omitted. */
export function lesionName({ label, site }: Pick<LesionView, 'label' | 'site'>): string {
  return label === '' ? siteName(site) : `${label} · ${siteName(site)}`;
}
