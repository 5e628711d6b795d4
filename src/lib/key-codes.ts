/** Keys of Linux input events that a button is likely to send, by their names in `linux/input-event-codes.h`. */
export const KEY_CODES = {
  KEY_ENTER: 28,
  KEY_SPACE: 57,
  KEY_KPENTER: 96,
  KEY_VOLUMEUP: 115,
  KEY_POWER: 116,
  KEY_PROG1: 148,
  KEY_PROG2: 149,
  KEY_CAMERA: 212,
  BTN_0: 256,
  BTN_LEFT: 272,
} as const;

/** A name of the table or a number, or several of them separated by commas. */
export const KEYS_PATTERN = `^${one()}(?: *, *${one()})*$`;

/** The codes of a valid list. */
export function keyCodes(list: string): ReadonlySet<number> {
  return new Set(
    list.split(',').map((text) => {
      const name = text.trim();
      return isName(name) ? KEY_CODES[name] : Number(name);
    }),
  );
}

function one(): string {
  return `(?:${Object.keys(KEY_CODES).join('|')}|[1-9]\\d{0,2})`;
}

function isName(name: string): name is keyof typeof KEY_CODES {
  return Object.hasOwn(KEY_CODES, name);
}
