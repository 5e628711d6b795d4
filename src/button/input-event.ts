/** Size of `struct input_event` with 64-bit `long`: two for the time, then type, code and value. */
export const EVENT_BYTES = 24;

const EV_KEY = 1;

/** A key of an input device goes down or up. */
export interface InputKeyEvent {
  readonly code: number;
  readonly down: boolean;
  /** The kernel's time, ms; only differences within one reading are meaningful. */
  readonly stampMs: number;
}

/** The key events in complete records; other events, including auto-repeat, are ignored. */
export function inputKeyEvents(records: Buffer): readonly InputKeyEvent[] {
  const events: InputKeyEvent[] = [];
  for (let at = 0; at + EVENT_BYTES <= records.length; at += EVENT_BYTES) {
    const value = records.readInt32LE(at + 20);
    if (records.readUInt16LE(at + 16) !== EV_KEY || (value !== 0 && value !== 1)) continue;
    const stampMs = Number(records.readBigInt64LE(at)) * 1000 + Number(records.readBigInt64LE(at + 8)) / 1000;
    events.push({ code: records.readUInt16LE(at + 18), down: value === 1, stampMs });
  }
  return events;
}
