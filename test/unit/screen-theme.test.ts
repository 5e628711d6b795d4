import { describe, expect, it } from 'vitest';
import { themeAt } from '../../kiosk-ui/src/state/theme.ts';

const day = { mode: 'by-time', lightFrom: 7, lightUntil: 19 } as const;
const night = { mode: 'by-time', lightFrom: 22, lightUntil: 6 } as const;

describe('the colours of the screen', () => {
  it('are those that were chosen, at any hour', () => {
    for (const mode of ['dark', 'light'] as const)
      for (const hour of [0, 7, 12, 19, 23]) expect(themeAt({ ...day, mode }, hour)).toBe(mode);
  });

  it('are light between the two hours, by the time of day', () => {
    const light = Array.from({ length: 24 }, (_, hour) => hour).filter(
      (hour) => themeAt(day, hour) === 'light',
    );
    expect([light.at(0), light.at(-1), light.length]).toEqual([7, 18, 12]);
  });

  it('are light overnight if the first hour is the later', () => {
    expect([21, 22, 5, 6].map((hour) => themeAt(night, hour))).toEqual(['dark', 'light', 'light', 'dark']);
  });

  it('are never light between equal hours', () => {
    expect(themeAt({ ...day, lightUntil: 7 }, 7)).toBe('dark');
  });
});
