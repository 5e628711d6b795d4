import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { dayBounds, dayOf } from '../../src/lib/local-day.ts';

const own = process.env.TZ;
const HOUR = 3_600_000;

afterEach(() => {
  inZone(own);
});

function inZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
}

function hoursOf(day: string): number {
  const { from, before } = dayBounds(day)!;
  return (before - from) / HOUR;
}

describe('a local day', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23, '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', 25, '2026-10-24T22:00:00.000Z'],
    ['Europe/Berlin', '2026-11-26', 24, '2026-11-25T23:00:00.000Z'],
    ['America/New_York', '2026-11-01', 25, '2026-11-01T04:00:00.000Z'],
    // There is no midnight on this day: clocks go forward from it to one o'clock.
    ['America/Sao_Paulo', '2018-11-04', 23, '2018-11-04T03:00:00.000Z'],
    // There are two midnights: the day begins with the first.
    ['America/Havana', '2026-11-01', 25, '2026-11-01T04:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-26', 24, '2026-11-25T18:15:00.000Z'],
    ['Pacific/Apia', '2011-12-30', 0, '2011-12-30T10:00:00.000Z'],
    ['UTC', '2024-02-29', 24, '2024-02-29T00:00:00.000Z'],
  ])('in %s, %s, has %i hours and begins at %s', (zone, day, hours, begin) => {
    inZone(zone);
    expect(hoursOf(day)).toBe(hours);
    expect(new Date(dayBounds(day)!.from).toISOString()).toBe(begin);
  });

  it('contains exactly its own times, in every zone', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'America/Havana', 'Australia/Lord_Howe'];
    const moments = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2037, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, ms) => {
        inZone(zone);
        const { from, before } = dayBounds(dayOf(ms))!;
        expect(from <= ms && ms < before).toBe(true);
        expect(dayOf(from)).toBe(dayOf(ms));
        expect(dayOf(from - 1) < dayOf(ms)).toBe(true);
        expect(dayOf(before) > dayOf(ms)).toBe(true);
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', '0026-01-01', '', 'today'])(
    'is not “%s”',
    (text) => {
      expect(dayBounds(text)).toBeUndefined();
    },
  );
});
