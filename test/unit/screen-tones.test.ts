import { describe, expect, it } from 'vitest';
import { toneOf, TONES } from '../../kiosk-ui/src/feedback/tones.ts';
import type { Signal } from '../../src/protocol/signal.ts';

const signals = Object.keys(TONES) as Signal[];

describe('the tones of the screen', () => {
  it('are played on a change, but not on connection or disconnection', () => {
    expect(toneOf('ready', 'busy')).toBe(TONES.busy);
    expect(toneOf('busy', 'busy')).toEqual([]);
    expect(toneOf(undefined, 'fault')).toEqual([]);
    expect(toneOf('fault', undefined)).toEqual([]);
  });

  it('differ in rhythm alone, regardless of pitch', () => {
    const rhythms = signals.map((signal) =>
      TONES[signal].map(({ atMs, forMs }) => `${atMs} ${forMs}`).join(', '),
    );
    expect(new Set(rhythms).size).toBe(signals.length);
  });

  it('are silent for ready, and end within a second', () => {
    expect(TONES.ready).toEqual([]);
    for (const note of signals.flatMap((signal) => TONES[signal])) {
      expect(note.atMs + note.forMs).toBeLessThanOrEqual(1000);
      // Long enough for attack and decay, and within the range of a small loudspeaker.
      expect(note.forMs).toBeGreaterThanOrEqual(30);
      expect(note.hz).toBeGreaterThanOrEqual(250);
    }
  });
});
