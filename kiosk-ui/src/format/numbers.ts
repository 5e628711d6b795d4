import * as english from '#protocol/percent.ts';
import { language, LOCALES } from '../i18n/language.ts';

/**
 * Numbers as the screen's language writes them. The digits are those of the protocol, whatever the language: only the decimal separator
 * and the space before the per cent sign change.
 */
export function local(text: string): string {
  if (language.value === 'en') return text;
  const parts = new Intl.NumberFormat(LOCALES[language.value], {
    style: 'percent',
    minimumFractionDigits: 1,
  }).formatToParts(0.5);
  const valueOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return text.replaceAll('\u00a0%', `${valueOf('literal')}%`).replaceAll('.', valueOf('decimal'));
}

/** @param probability 0–1 */
export function percent(probability: number, decimals?: number): string {
  return local(english.percent(probability, decimals));
}

/** Per cent that are counted as such, to the next whole one. */
export function wholePercent(value: number): string {
  return local(`${Math.round(value)}\u00a0%`);
}

/** As the protocol compares: what is shown never contradicts the statement beside it. */
export function comparePercent(value: number, threshold: number): english.PercentComparison {
  const shown = english.comparePercent(value, threshold);
  return { value: local(shown.value), threshold: local(shown.threshold) };
}

/** To so many decimals. */
export function fixed(value: number, decimals: number): string {
  return local(value.toFixed(decimals));
}

/** Three significant digits, without an exponent or trailing noise. */
export function figure(value: number): string {
  return local(Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3))));
}
