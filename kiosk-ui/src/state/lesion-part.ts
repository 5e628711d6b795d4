import { signal } from '@preact/signals';
import { open } from './state.ts';

/** The parts of a lesion's follow-up: its results over time, or two captures compared. */
export type LesionPart = 'course' | 'compare';

/** The part that is shown first. */
export const lesionPart = signal<LesionPart>('course');

export function openLesion(part: LesionPart): void {
  lesionPart.value = part;
  open('lesion');
}
