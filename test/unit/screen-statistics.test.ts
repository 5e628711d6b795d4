import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { bucketsOf, ticksOf } from '../../kiosk-ui/src/format/buckets.ts';
import { addDays, daysBetween, monthOf, today, weeksOf } from '../../kiosk-ui/src/format/calendar.ts';
import { choiceWords, isFiltered, queryOf } from '../../kiosk-ui/src/format/log-filter.ts';
import { dispatch } from '../../kiosk-ui/src/state/state.ts';
import type { Language } from '../../src/protocol/languages.ts';
import type { Statistics } from '../../src/protocol/statistics.ts';
import { FakeView } from '../fakes/server-parts.ts';

const NONE = { result: 0, withheld: 0, retake: 0, fault: 0, aborted: 0 };
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1980-01-01', days));

function setLanguage(language: Language): void {
  dispatch({ type: 'view', view: { ...new FakeView().current(), language } });
}

afterEach(() => {
  setLanguage('en');
});

describe('the bars of the statistics chart', () => {
  it('contain every session once, in consecutive bars, few enough to be legible', () => {
    const days = fc
      .uniqueArray(day, { maxLength: 40 })
      .map((each): Statistics['days'] =>
        each.sort().map((name, i) => ({ day: name, outcomes: { ...NONE, result: i, fault: 1 } })),
      );
    fc.assert(
      fc.property(days, (each) => {
        const { buckets } = bucketsOf(each, {});
        const total = (of: (bucket: (typeof buckets)[number]) => number): number =>
          buckets.reduce((sum, bucket) => sum + of(bucket), 0);
        expect(total(({ unanswered }) => unanswered)).toBe(each.length);
        expect(total(({ answered }) => answered)).toBe(each.reduce((sum, _, i) => sum + i, 0));
        expect(buckets.map(({ from }) => from)).toEqual(buckets.map(({ from }) => from).toSorted());
        if (each.length > 0 && daysBetween(each[0]!.day, each.at(-1)!.day) < 30 * 365)
          expect(buckets.length).toBeLessThanOrEqual(31);
      }),
    );
  });

  it.each([
    ['2026-11-26', '2026-11-26', 'day', 1],
    ['2026-10-27', '2026-11-26', 'day', 31],
    ['2026-10-26', '2026-11-26', 'week', 5],
    ['2026-01-01', '2026-12-31', 'month', 12],
    ['2019-12-31', '2026-01-01', 'year', 8],
  ])('from %s to %s cover a %s each, %i of them, including empty ones', (from, to, unit, count) => {
    const { buckets, ...found } = bucketsOf([], { from, to });
    expect([found.unit, buckets.length]).toEqual([unit, count]);
    expect(buckets.every(({ answered, unanswered }) => answered + unanswered === 0)).toBe(true);
  });

  it('have an axis of round numbers up to the maximum, in at most four steps', () => {
    expect([0, 1, 3, 4, 7, 30, 157, 1000].map((most) => ticksOf(most))).toEqual([
      ...[
        [0, 1],
        [0, 1],
        [0, 1, 2, 3],
        [0, 1, 2, 3, 4],
        [0, 2, 4, 6, 8],
        [0, 10, 20, 30],
      ],
      ...[
        [0, 50, 100, 150, 200],
        [0, 500, 1000],
      ],
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (most) => {
        const ticks = ticksOf(most);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('the calendar of the filter', () => {
  it('shows every day of a month once, in weeks with the first day of the language', () => {
    for (const [language, weekday] of [
      ['de', 1],
      ['pt', 0],
    ] as const) {
      setLanguage(language);
      fc.assert(
        fc.property(day, (any) => {
          const month = monthOf(any);
          const days = weeksOf(month).flat();
          expect(new Date(days[0]!).getUTCDay()).toBe(weekday);
          expect(days).toEqual(days.map((_, i) => addDays(days[0]!, i)));
          const own = days.filter((each) => monthOf(each) === month);
          expect(own).toHaveLength(daysBetween(month, monthOf(month, 1)) - 1);
        }),
      );
    }
  });

  it('uses the clock and the time zone of the board', () => {
    expect(today(new Date(2026, 0, 1, 0, 5))).toBe('2026-01-01');
    expect(today(new Date(2026, 11, 31, 23, 55))).toBe('2026-12-31');
  });
});

describe('a filter of the log', () => {
  it('has matching query and text', () => {
    const choice = { from: '2026-11-01', to: '2026-11-26', outcome: 'withheld', clinician: 'none' } as const;
    expect(queryOf(choice)).toBe('from=2026-11-01&to=2026-11-26&outcome=withheld&clinician=none');
    expect(choiceWords(choice)).toEqual(['1 Nov 2026 – 26 Nov 2026', 'Withheld', 'Clinician: None yet']);
    expect(
      choiceWords({ from: '2026-11-26', to: '2026-11-26', outcome: 'result', statement: 'below' }),
    ).toEqual([...['26 Nov 2026', 'Result', 'Below']]);
    expect([isFiltered({}), isFiltered(choice)]).toEqual([false, true]);
  });
});
