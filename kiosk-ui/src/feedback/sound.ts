import { computed, effect } from '@preact/signals';
import { signalOf } from '#protocol/signal.ts';
import { screen, view } from '../state/state.ts';
import { toneOf, type Note } from './tones.ts';

const VOLUME = 0.12;

/** Attack and release of a note, s: without them it clicks. */
const EDGE_S = 0.01;

/** Plays a tone on state changes. The tones are synthesised; no files are loaded. */
export function startSounds(): void {
  const signal = computed(() => {
    const now = view.value;
    return now === undefined || screen.value === 'offline' ? undefined : signalOf(now);
  });
  const context = new AudioContext();
  // Browsers block audio until the first touch unless configured otherwise.
  const wake = (): void => void context.resume().catch(() => undefined);
  addEventListener('pointerdown', wake);
  addEventListener('keydown', wake);
  let before = signal.peek();
  effect(() => {
    const now = signal.value;
    const notes = toneOf(before, now);
    before = now;
    document.body.dataset.signal = now ?? 'none';
    if (view.peek()?.sound === true && context.state === 'running') play(context, notes);
  });
}

function play(context: AudioContext, notes: readonly Note[]): void {
  for (const { hz, atMs, forMs } of notes) {
    const from = context.currentTime + atMs / 1000;
    const to = from + forMs / 1000;
    const note = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(VOLUME, from + EDGE_S);
    gain.gain.setValueAtTime(VOLUME, to - EDGE_S);
    gain.gain.linearRampToValueAtTime(0, to);
    note.connect(gain).connect(context.destination);
    note.start(from);
    note.stop(to);
  }
}
