import { signal } from '@preact/signals';
import { open } from './state.ts';

/** A reference that was scanned or typed, and waits for somebody to say that it is the right one. */
export const pendingReference = signal<string | undefined>(undefined);

export function setPendingReference(reference: string): void {
  pendingReference.value = reference;
  open('patient');
}
