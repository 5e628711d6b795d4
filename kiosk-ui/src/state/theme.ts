import { computed, signal } from '@preact/signals';
import type { ThemeView } from '#protocol/view.ts';
import { view } from './state.ts';

const MINUTE_MS = 60_000;

const hour = signal(new Date().getHours());

/** The colours at this hour of the day. */
export function themeAt({ mode, lightFrom, lightUntil }: ThemeView, at: number): 'dark' | 'light' {
  if (mode !== 'by-time') return mode;
  const light =
    lightFrom <= lightUntil ? at >= lightFrom && at < lightUntil : at >= lightFrom || at < lightUntil;
  return light ? 'light' : 'dark';
}

/** The colours now; dark until the kiosk has answered. */
export const theme = computed(() =>
  view.value === undefined ? 'dark' : themeAt(view.value.theme, hour.value),
);

/** Follows the time of day. */
export function watchTheTime(): void {
  setInterval(() => {
    hour.value = new Date().getHours();
  }, MINUTE_MS);
}
