import * as english from '#protocol/percent.ts';
import { language, LOCALES } from '../i18n/language.ts';

/**
 * Numbers in the format of the screen's language. The digits are those of the protocol in every language: only the
 * decimal separator and the space before the per cent sign differ.
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

/** A percentage, rounded to a whole number. */
export function wholePercent(value: number): string {
  return local(`${Math.round(value)}\u00a0%`);
}

/** Formatted like the protocol's comparison: the numbers shown never contradict the statement beside them. */
export function comparePercent(value: number, threshold: number): english.PercentComparison {
  const shown = english.comparePercent(value, threshold);
  return { value: local(shown.value), threshold: local(shown.threshold) };
}

/** With a fixed number of decimals. */
export function fixed(value: number, decimals: number): string {
  return local(value.toFixed(decimals));
}

/** Three significant digits, without an exponent or trailing noise. */
export function figure(value: number): string {
  return local(Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3))));
}
