import { Receivers } from './receivers.ts';

/**
 * Routes the keys of a real keyboard to the field on the screen. The field needs no focus, so a touch cannot take it
 * away, and these keys lose their usual effect (Space captures, Enter presses).
 */
export type TypedKey = (key: string) => void;

const receivers = new Receivers<TypedKey>();

/** Returns the function that restores the previous receiver. */
export function receiveTyped(receiver: TypedKey): () => void {
  return receivers.add(receiver);
}

/** @returns whether a field received the key */
export function dispatchTyped(key: string): boolean {
  const receiver = receivers.newest;
  const typed = key.length === 1 || key === 'Backspace' || key === 'Enter';
  if (receiver === undefined || !typed) return false;
  receiver(key);
  return true;
}
