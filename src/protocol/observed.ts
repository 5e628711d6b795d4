/** A 95 % interval of a fraction, 0–1. */
interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Both ends in whole per cent, outwards: a hundred lesions support no more precision. */
export function endsInPercent({ low, high }: Ends): readonly [low: number, high: number] {
  return [Math.floor(low * 100), Math.ceil(high * 100)];
}

/** Where a probability (0–1) lies from the interval as it is shown. */
export function sideOf(probability: number, interval: Ends): 'above' | 'within' | 'below' {
  const [low, high] = endsInPercent(interval);
  if (probability * 100 < low) return 'below';
  return probability * 100 > high ? 'above' : 'within';
}

/** Whether the two must not be read as one statement. */
export function isContradicted(probability: number, interval: Ends): boolean {
  return sideOf(probability, interval) !== 'within';
}
