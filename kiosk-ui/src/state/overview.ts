import { computed, signal } from '@preact/signals';
import type { OverviewSubject, OverviewView } from '#protocol/overview.ts';
import { page, view } from './state.ts';

/** Id of the overview image that was begun on this screen. */
export const begunHere = signal<string | undefined>(undefined);

/** One whose patient this screen may see. */
export type SeenOverview = OverviewView & { readonly of: OverviewSubject };

/** The overview image that is being taken, as far as this screen shows it: the one begun here, and on the live page any. */
export const overviewShown = computed((): SeenOverview | undefined => {
  const overview = view.value?.overview;
  if (overview?.of === undefined || view.value?.idle === true) return undefined;
  const { id, of } = overview;
  return begunHere.value === id || page.value === 'live' ? { ...overview, of } : undefined;
});
