import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../src/lib/emitter.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { IdleWatch } from '../../src/session/idle-watch.ts';
import { FakeClock } from '../fakes/clock.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';

const IDLE_MS = 60_000;
const READY: SessionView = { state: 'ready' };
const RETAKE: SessionView = {
  state: 'retake',
  id: 'a',
  source: 'camera',
  reason: 'too-dark',
  picture: '/picture',
};
const ASKING: SessionView = { state: 'asking', id: 'a', source: 'camera', asked: ['bleeding'] };
const CAPTURING: SessionView = { state: 'capturing', id: 'a', source: 'camera' };

/** A session in a state set by the test, which can be left. */
class Staged {
  readonly #changes = new Emitter<SessionView>();
  #view = READY;

  session(): SessionView {
    return this.#view;
  }

  onChange(listener: (view: SessionView) => void): () => void {
    return this.#changes.on(listener);
  }

  enter(view: SessionView): void {
    this.#view = view;
    this.#changes.emit(view);
  }

  leave(): void {
    this.enter(READY);
  }
}

let clock: FakeClock;
let session: Staged;
let store: MemoryStore;
let cleared: string[];
let changed: Emitter<undefined>;
let reported: boolean[];
let watch: IdleWatch;

const watchFor = (idleMs: number): IdleWatch =>
  new IdleWatch({
    ...{ session, store, clock, idleMs, log: new MemoryLogger() },
    view: { setIdle: (idle) => reported.push(idle) },
    context: {
      clear: (reason) => {
        cleared.push(reason);
        // Like the real one, it reports the change.
        changed.emit(undefined);
      },
      onChange: (listener) => changed.on(listener),
    },
  });
const clearings = (): number => store.journal.filter(({ kind }) => kind === 'screen-cleared').length;

beforeEach(async () => {
  clock = new FakeClock();
  session = new Staged();
  store = new MemoryStore(clock);
  reported = [];
  cleared = [];
  changed = new Emitter();
  watch = watchFor(IDLE_MS);
  await watch.start();
});

describe('an unused kiosk', () => {
  it('leaves open questions, which nobody is there to answer', async () => {
    session.enter(ASKING);
    await clock.advance(IDLE_MS);
    expect(session.session()).toEqual(READY);
    expect(reported).toEqual([true]);
  });

  it('becomes idle once after the time limit, until it is used', async () => {
    await clock.advance(IDLE_MS - 1);
    expect(reported).toEqual([]);
    await clock.advance(1);
    await clock.advance(3 * IDLE_MS);
    expect(reported).toEqual([true]);
    watch.touched();
    watch.touched();
    expect(reported).toEqual([true, false]);
  });

  it('clears the patient reference before it becomes idle', async () => {
    await clock.advance(IDLE_MS - 1);
    expect(cleared).toEqual([]);
    await clock.advance(1);
    expect(cleared).toEqual(['idle']);
    expect(reported).toEqual([true]);
    // Whoever sets the next reference, by any means, is using the kiosk.
    changed.emit(undefined);
    expect(reported).toEqual([true, false]);
    await clock.advance(IDLE_MS);
    expect(cleared).toEqual(['idle', 'idle']);
  });

  it('restarts the time limit at each touch', async () => {
    for (let i = 0; i < 5; i += 1) {
      await clock.advance(IDLE_MS - 1);
      watch.touched();
    }
    expect(reported).toEqual([]);
  });

  it('leaves what is on the screen and journals it', async () => {
    store.openSession({ id: 'a', source: 'camera' });
    session.enter(RETAKE);
    await clock.advance(IDLE_MS);
    expect(session.session()).toEqual(READY);
    expect(reported).toEqual([true]);
    expect(clearings()).toBe(1);
  });

  it('journals nothing if nothing was on the screen', async () => {
    await clock.advance(IDLE_MS);
    expect(clearings()).toBe(0);
  });

  it('is active again after a press, and waits for the session to end', async () => {
    await clock.advance(IDLE_MS);
    session.enter(CAPTURING);
    expect(reported).toEqual([true, false]);
    await clock.advance(IDLE_MS);
    expect(session.session()).toEqual(CAPTURING);
    expect(reported).toEqual([true, false]);
    session.enter(RETAKE);
    await clock.advance(IDLE_MS);
    expect(reported).toEqual([true, false, true]);
  });

  it('becomes idle even if the journal cannot be written', async () => {
    session.enter(RETAKE);
    store.fail('store/full');
    await clock.advance(IDLE_MS);
    expect(reported).toEqual([true]);
  });

  it('never becomes idle with a time limit of 0 or after a stop', async () => {
    await watch.stop();
    await watchFor(0).start();
    await clock.advance(100 * IDLE_MS);
    expect(reported).toEqual([]);
  });
});
