/**
 * Who gets what a real keyboard types: the field that is on the screen. Nothing has the focus for it, so that no touch can take it away, and
 * none of these keys does what it does elsewhere (Space captures, Enter presses).
 */
export type TypedKey = (key: string) => void;

const receivers: TypedKey[] = [];

/** Returns the function that gives the keys back to whoever had them before. */
export function receiveTyped(receiver: TypedKey): () => void {
  receivers.push(receiver);
  return () => {
    const at = receivers.lastIndexOf(receiver);
    if (at >= 0) receivers.splice(at, 1);
  };
}

/** @returns whether a field was there to take the key */
export function dispatchTyped(key: string): boolean {
  const receiver = receivers.at(-1);
  const typed = key.length === 1 || key === 'Backspace' || key === 'Enter';
  if (receiver === undefined || !typed) return false;
  receiver(key);
  return true;
}
