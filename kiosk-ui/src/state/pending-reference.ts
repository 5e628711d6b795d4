import { signal } from '@preact/signals';
import { open } from './state.ts';

/** A scanned or entered reference that awaits confirmation. */
export const pendingReference = signal<string | undefined>(undefined);

export function setPendingReference(reference: string): void {
  pendingReference.value = reference;
  open('patient');
}
