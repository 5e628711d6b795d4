export function theilSen(points: readonly (readonly [x: number, y: number])[]): {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
};
