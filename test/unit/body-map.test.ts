import { describe, expect, it } from 'vitest';
import { DRAWINGS } from '../../kiosk-ui/src/components/body-shapes.ts';
import { BODY_VIEWS, SITES } from '../../src/protocol/body-sites.ts';

type Corner = readonly [x: number, y: number];

const cornersOf = (path: string): Corner[] =>
  path
    .slice(1, -1)
    .split('L')
    .map((pair): Corner => {
      const [x, y] = pair.split(' ').map(Number);
      return [x!, y!];
    });

const isInside = ([x, y]: Corner, corners: readonly Corner[]): boolean =>
  corners.filter(([ax, ay], i) => {
    const [bx, by] = corners.at(i - 1)!;
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
  }).length %
    2 ===
  1;

describe.each(BODY_VIEWS)('the body map, %s', (view) => {
  const { sites, sides } = DRAWINGS[view];

  it('has one region for each site of the view', () => {
    expect(sites.map(({ name }) => name).toSorted()).toEqual(SITES[view].toSorted());
  });

  it('marks a lesion inside the region of its site, and of no other', () => {
    for (const { name, mark } of sites)
      expect(sites.filter(({ path }) => isInside(mark, cornersOf(path))).map((one) => one.name)).toEqual([
        name,
      ]);
  });

  it('has no region narrower or lower than a gloved finger needs', () => {
    for (const { name, path } of sites) {
      const corners = cornersOf(path);
      for (const axis of [0, 1] as const) {
        const along = corners.map((corner) => corner[axis]);
        expect(Math.max(...along) - Math.min(...along), name).toBeGreaterThanOrEqual(48);
      }
    }
  });

  it('draws a sided site beside the letter of its side', () => {
    for (const { name, mark } of sites) {
      const side = (['left', 'right'] as const).find((one) => name.endsWith(`-${one}`));
      if (side === undefined) continue;
      const nearest = sides.toSorted(([a], [b]) => Math.abs(a - mark[0]) - Math.abs(b - mark[0]))[0]!;
      expect(nearest[2], name).toBe(side);
    }
  });
});
