import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../src/lib/emitter.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { IdleWatch } from '../../src/session/idle-watch.ts';
import { FakeClock } from '../fakes/clock.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';

const IDLE_MS = 60_000;
const READY: SessionView = { state: 'ready' };
const RETAKE: SessionView = { state: 'retake', id: 'a', source: 'camera', reason: 'too-dark' };
const CAPTURING: SessionView = { state: 'capturing', id: 'a', source: 'camera' };

/** A session that is where the test puts it, and that can be left. */
class Staged {
  readonly #changes = new Emitter<SessionView>();
  #view = READY;

  session(): SessionView {
    return this.#view;
  }

  onChange(listener: (view: SessionView) => void): () => void {
    return this.#changes.on(listener);
  }

  turn(view: SessionView): void {
    this.#view = view;
    this.#changes.emit(view);
  }

  leave(): void {
    this.turn(READY);
  }
}

let clock: FakeClock;
let session: Staged;
let store: MemoryStore;
let forgotten: string[];
let changed: Emitter<undefined>;
let said: boolean[];
let watch: IdleWatch;

const watchFor = (idleMs: number): IdleWatch =>
  new IdleWatch({
    ...{ session, store, clock, idleMs, log: new MemoryLogger() },
    view: { setIdle: (idle) => said.push(idle) },
    context: {
      clear: (reason) => {
        forgotten.push(reason);
        // As the real one, it tells of it.
        changed.emit(undefined);
      },
      onChange: (listener) => changed.on(listener),
    },
  });
const cleared = (): number => store.journal.filter(({ kind }) => kind === 'screen-cleared').length;

beforeEach(async () => {
  clock = new FakeClock();
  session = new Staged();
  store = new MemoryStore(clock);
  said = [];
  forgotten = [];
  changed = new Emitter();
  watch = watchFor(IDLE_MS);
  await watch.start();
});

describe('a kiosk that nobody touches', () => {
  it('is idle after the time set, once, until somebody is there', async () => {
    await clock.advance(IDLE_MS - 1);
    expect(said).toEqual([]);
    await clock.advance(1);
    await clock.advance(3 * IDLE_MS);
    expect(said).toEqual([true]);
    watch.touched();
    watch.touched();
    expect(said).toEqual([true, false]);
  });

  it('forgets the patient, before anybody can come', async () => {
    await clock.advance(IDLE_MS - 1);
    expect(forgotten).toEqual([]);
    await clock.advance(1);
    expect(forgotten).toEqual(['idle']);
    expect(said).toEqual([true]);
    // Whoever sets the next one, by whatever way, is there.
    changed.emit(undefined);
    expect(said).toEqual([true, false]);
    await clock.advance(IDLE_MS);
    expect(forgotten).toEqual(['idle', 'idle']);
  });

  it('counts anew from each touch', async () => {
    for (let i = 0; i < 5; i += 1) {
      await clock.advance(IDLE_MS - 1);
      watch.touched();
    }
    expect(said).toEqual([]);
  });

  it('leaves what is on the screen, and says so in the journal', async () => {
    store.openSession({ id: 'a', source: 'camera' });
    session.turn(RETAKE);
    await clock.advance(IDLE_MS);
    expect(session.session()).toEqual(READY);
    expect(said).toEqual([true]);
    expect(cleared()).toBe(1);
  });

  it('has nothing to say in the journal where nothing was on the screen', async () => {
    await clock.advance(IDLE_MS);
    expect(cleared()).toBe(0);
  });

  it('is awake again with a press, and waits for a session under way', async () => {
    await clock.advance(IDLE_MS);
    session.turn(CAPTURING);
    expect(said).toEqual([true, false]);
    await clock.advance(IDLE_MS);
    expect(session.session()).toEqual(CAPTURING);
    expect(said).toEqual([true, false]);
    session.turn(RETAKE);
    await clock.advance(IDLE_MS);
    expect(said).toEqual([true, false, true]);
  });

  it('is cleared all the same when the journal cannot be written', async () => {
    session.turn(RETAKE);
    store.fail('store/full');
    await clock.advance(IDLE_MS);
    expect(said).toEqual([true]);
  });

  it('is never idle with a time of 0, nor after it was stopped', async () => {
    await watch.stop();
    await watchFor(0).start();
    await clock.advance(100 * IDLE_MS);
    expect(said).toEqual([]);
  });
});
