/** Number of digits of the PIN that opens the settings. */
export const PIN_LENGTH = { least: 6, most: 12 } as const;

/** Number of digits of an operator's PIN, which is entered many times a day. */
export const OPERATOR_PIN_LENGTH = { least: 4, most: 12 } as const;

/** The middle column and the edges of a keypad: no sequence, but tried early by anybody. */
const KEYPAD_LINES = ['2580', '0852', '1379', '9731', '147258', '159753', '159357', '147369', '789456'];

/**
 * Whether a PIN is neither too short nor one of those that are tried first: digits in even steps, repeated digits or
 * blocks, two digits only, lines on the keypad, years, and dates such as a birthday. The screen asks before the PIN is
 * entered a second time; the service asks again.
 */
export function isFitPin(pin: string, length: { readonly least: number; readonly most: number }): boolean {
  return (
    /^[0-9]+$/.test(pin) &&
    pin.length >= length.least &&
    pin.length <= length.most &&
    new Set(pin).size > 2 &&
    !isEvenlyStepped(pin) &&
    !isRepeated(pin) &&
    !KEYPAD_LINES.includes(pin) &&
    !isYear(pin) &&
    !isDate(pin)
  );
}

/** Also past 9: 8901, 3210987. */
function isEvenlyStepped(pin: string): boolean {
  const steps = Array.from(pin)
    .slice(1)
    .map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10);
  return new Set(steps).size <= 1;
}

/** A block that is repeated, whole or in part (123123, 4814814), or followed by its mirror image (123321). */
function isRepeated(pin: string): boolean {
  const blocks = Array.from({ length: Math.floor(pin.length / 2) }, (_, i) => pin.slice(0, i + 1));
  const repeats = blocks.some((block) => block.repeat(pin.length).startsWith(pin));
  return repeats || pin === Array.from(pin).toReversed().join('');
}

function isYear(pin: string): boolean {
  return /^(?:19|20)[0-9]{2}$/.test(pin);
}

/** Day and month in either order, alone or with a year of two or four digits before or after them. */
function isDate(pin: string): boolean {
  switch (pin.length) {
    case 4:
      return isDayAndMonth(pin);
    case 6:
      return isDayAndMonth(pin.slice(0, 4)) || isDayAndMonth(pin.slice(2));
    case 8:
      return (
        (isYear(pin.slice(4)) && isDayAndMonth(pin.slice(0, 4))) ||
        (isYear(pin.slice(0, 4)) && isDayAndMonth(pin.slice(4)))
      );
    default:
      return false;
  }
}

function isDayAndMonth(digits: string): boolean {
  const [one, other] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  return isDayOf(one, other) || isDayOf(other, one);
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDayOf(day: number, month: number): boolean {
  return day >= 1 && day <= (DAYS[month - 1] ?? 0);
}
