import { describe, expect, it } from 'vitest';
import { toneOf, TONES } from '../../kiosk-ui/src/feedback/tones.ts';
import type { Signal } from '../../src/protocol/signal.ts';

const signals = Object.keys(TONES) as Signal[];

describe('the tones of the screen', () => {
  it('come with a change, and not with how the kiosk is found or lost', () => {
    expect(toneOf('ready', 'busy')).toBe(TONES.busy);
    expect(toneOf('busy', 'busy')).toEqual([]);
    expect(toneOf(undefined, 'fault')).toEqual([]);
    expect(toneOf('fault', undefined)).toEqual([]);
  });

  it('differ in number and length alone, without their pitch', () => {
    const rhythms = signals.map((signal) =>
      TONES[signal].map(({ atMs, forMs }) => `${atMs} ${forMs}`).join(', '),
    );
    expect(new Set(rhythms).size).toBe(signals.length);
  });

  it('are silent for ready, and over within a second', () => {
    expect(TONES.ready).toEqual([]);
    for (const note of signals.flatMap((signal) => TONES[signal])) {
      expect(note.atMs + note.forMs).toBeLessThanOrEqual(1000);
      // Long enough for a rise and a fall, and within what a small loudspeaker gives.
      expect(note.forMs).toBeGreaterThanOrEqual(30);
      expect(note.hz).toBeGreaterThanOrEqual(250);
    }
  });
});
