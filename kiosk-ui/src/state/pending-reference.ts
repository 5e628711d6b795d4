import { signal } from '@preact/signals';
import { open } from './state.ts';

/** A reference that was scanned or typed, and waits for somebody to say that it is the right one. */
export const proposed = signal<string | undefined>(undefined);

export function propose(reference: string): void {
  proposed.value = reference;
  open('patient');
}
