import { beforeEach, describe, expect, it } from 'vitest';
import type { FramingLook } from '../../src/classifier/port.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { LiveImage } from '../../src/practice/live-image.ts';
import { PracticeCamera } from '../../src/practice/practice-camera.ts';
import { PracticeService } from '../../src/practice/practice-service.ts';
import { PractisingSession } from '../../src/practice/practising-session.ts';
import { readiness } from '../../src/practice/readiness.ts';
import { drawPracticeScene } from '../../src/practice/program/scenes.ts';
import { FIRST, sceneOf, step, type PracticeEvent } from '../../src/practice/steps.ts';
import { lampSignal } from '../../src/lamp/patterns.ts';
import type { Framing } from '../../src/protocol/framing.ts';
import { PRACTICE_STEPS, type PracticeView } from '../../src/protocol/practice.ts';
import { signalOf } from '../../src/protocol/signal.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { FakeClassifier, unfit } from '../fakes/classifier.ts';
import { FakeClock, settle } from '../fakes/clock.ts';
import { FakeSession, FakeView, JPEG, MemoryLogger } from '../fakes/server-parts.ts';
import { codeThrownBy } from '../support/code-thrown.ts';

describe('the steps of practice', () => {
  const after = (...events: PracticeEvent[]): PracticeView | undefined =>
    events.reduce<PracticeView | undefined>((now, event) => now && step(now, event), FIRST);
  const rejected = [{ type: 'pressed' }, { type: 'checked', reason: 'too-blurred' }] as const;

  it('show a fault, what the gate says of it, its cure, and the image that would be analysed', () => {
    expect(after({ type: 'pressed' })).toEqual({ step: 'focus', cured: false, state: 'checking' });
    expect(after(...rejected)).toEqual({
      step: 'focus',
      cured: false,
      state: 'retake',
      reason: 'too-blurred',
    });
    expect(after(...rejected, { type: 'cure' })).toEqual({ step: 'focus', cured: true, state: 'aiming' });
    expect(after(...rejected, { type: 'cure' }, { type: 'pressed' }, { type: 'checked' })).toEqual({
      ...{ step: 'focus', cured: true, state: 'good' },
    });
  });

  it('follow one another, whether they are done or skipped, and end after the last', () => {
    const seen: (string | undefined)[] = [];
    let now: PracticeView | undefined = FIRST;
    while (now !== undefined) {
      seen.push(now.step);
      now = step(now, { type: 'next' });
    }
    expect(seen).toEqual(PRACTICE_STEPS);
    expect(after({ type: 'next' })).toEqual({ step: 'hair', cured: false, state: 'aiming' });
    expect(after({ type: 'end' })).toBeUndefined();
  });

  it('ignore the outcome of a check that is over', () => {
    expect(after({ type: 'checked' })).toEqual(FIRST);
    expect(after({ type: 'failed', code: 'camera/lost' })).toEqual(FIRST);
    expect(after(...rejected, { type: 'checked' })).toMatchObject({ state: 'retake' });
  });

  it('begin again at the first', () => {
    expect(after({ type: 'next' }, { type: 'begin' })).toEqual(FIRST);
  });

  it('show scenes that can be drawn, the fault and the cured one never the same', () => {
    const size = { width: 64, height: 64 };
    for (const at of PRACTICE_STEPS) {
      const [fault, cured] = [false, true].map((is) =>
        drawPracticeScene(sceneOf({ step: at, cured: is, state: 'aiming' }), size),
      );
      expect(fault?.data).toBeDefined();
      expect(fault?.data).not.toEqual(cured?.data);
    }
    expect(drawPracticeScene('sunset', size)).toBeUndefined();
  });
});

class Rig {
  readonly clock = new FakeClock();
  readonly own = new FakeCamera();
  /** The simulated cameras, by scene, in the order of their start. */
  readonly opened: { readonly scene: string; readonly camera: StartedCamera }[] = [];
  readonly session = new StagedSession();
  readonly cleared: string[] = [];
  overviewOpen = false;
  touches = 0;
  blinks = 0;
  readonly classifier = new FakeClassifier();
  framing: Framing = { focus: 1.5 };
  unopenable = false;
  readonly camera = new PracticeCamera({
    makeCamera: (scene) => {
      if (this.unopenable) return Promise.reject(new Error('no such program'));
      const camera = new StartedCamera();
      this.opened.push({ scene, camera });
      return Promise.resolve(camera);
    },
    log: new MemoryLogger(),
  });
  readonly service = new PracticeService({
    camera: this.camera,
    classifier: {
      assess: (burst, signal) => this.classifier.assess(burst, signal),
      look: (): Promise<FramingLook> => Promise.resolve({ framing: this.framing, cpuMs: 1, located: true }),
    },
    session: this.session,
    context: { clear: (reason) => this.cleared.push(reason) },
    overview: { isOpen: () => this.overviewOpen },
    touched: () => (this.touches += 1),
    blink: () => (this.blinks += 1),
    clock: this.clock,
    log: new MemoryLogger(),
  });
  readonly pressed = new PractisingSession(this.session, this.service);

  get running(): readonly string[] {
    return this.opened.filter(({ camera }) => camera.running).map(({ scene }) => scene);
  }

  /** A press and the frames that follow it. */
  async press(): Promise<void> {
    this.pressed.press({ source: 'camera', at: this.clock.monotonic() });
    await settle();
    for (let i = 0; i < 3; i += 1) this.opened.at(-1)?.camera.push(JPEG, this.clock.monotonic());
    await settle();
  }

  async act(action: 'begin' | 'cure' | 'next' | 'end'): Promise<void> {
    this.service.act(action);
    await settle();
  }
}

class StartedCamera extends FakeCamera {
  running = false;

  override start(): Promise<void> {
    this.running = true;
    return Promise.resolve();
  }

  override stop(): Promise<void> {
    this.running = false;
    return Promise.resolve();
  }
}

class StagedSession extends FakeSession {
  state: SessionView = { state: 'ready' };

  override session(): SessionView {
    return this.state;
  }
}

let rig: Rig;

beforeEach(() => {
  rig = new Rig();
});

describe('practice', () => {
  it('takes every press of the button, and opens no session', async () => {
    await rig.act('begin');
    rig.classifier.willAssess(unfit('too-blurred'));
    await rig.press();
    expect(rig.service.current()).toEqual({ ...FIRST, state: 'retake', reason: 'too-blurred' });
    expect(rig.session.requests).toEqual([]);
    await rig.act('end');
    await rig.press();
    expect(rig.session.requests).toHaveLength(1);
  });

  it('names what is wrong with the lesion, and never classifies it', async () => {
    await rig.act('begin');
    rig.framing = { focus: 1.5, reason: 'hair' };
    await rig.press();
    expect(rig.service.current()).toMatchObject({ state: 'retake', reason: 'hair' });
    await rig.act('cure');
    rig.framing = { focus: 1.5 };
    await rig.press();
    expect(rig.service.current()).toEqual({ ...FIRST, cured: true, state: 'good' });
    expect(rig.classifier.calls.map(({ kind }) => kind)).toEqual(['assess', 'assess']);
  });

  it('uses only frames that arrive after the press', async () => {
    await rig.act('begin');
    await rig.clock.advance(1_000);
    rig.pressed.press({ source: 'camera', at: 1_000 });
    // Exposed before the press, and delivered after it.
    for (let i = 0; i < 3; i += 1) rig.opened[0]!.camera.push(JPEG, 999);
    await settle();
    expect(rig.classifier.calls).toEqual([]);
    expect(rig.service.current()).toMatchObject({ state: 'checking' });
  });

  it('judges one frame, so that the sway of the simulated camera is never taken for movement', async () => {
    await rig.act('begin');
    await rig.press();
    expect(rig.classifier.calls.map(({ pictures }) => pictures.length)).toEqual([1]);
  });

  it('refuses a file, and a press while it checks one with a blink', async () => {
    await rig.act('begin');
    const upload = { source: 'upload', at: 0, picture: { bytes: JPEG, contentType: 'image/jpeg' } } as const;
    expect(codeThrownBy(() => rig.pressed.press(upload))).toBe('practice/on');
    rig.pressed.press({ source: 'camera', at: 0 });
    expect(codeThrownBy(() => rig.pressed.press({ source: 'camera', at: 0 }))).toBe('session/busy');
    expect(rig.blinks).toBe(1);
    expect(rig.session.requests).toEqual([]);
  });

  it('clears the patient when it begins, and does not begin during a session or beside an overview image', async () => {
    rig.session.state = { state: 'capturing', id: 'a', source: 'camera' };
    expect(
      codeThrownBy(() => {
        rig.service.act('begin');
      }),
    ).toBe('session/busy');
    expect(rig.cleared).toEqual([]);
    expect(rig.service.current()).toBeUndefined();
    rig.session.state = { state: 'ready' };
    rig.overviewOpen = true;
    expect(
      codeThrownBy(() => {
        rig.service.act('begin');
      }),
    ).toBe('overview/under-way');
    expect(rig.cleared).toEqual([]);
    rig.overviewOpen = false;
    await rig.act('begin');
    expect(rig.cleared).toEqual(['by-hand']);
  });

  it('does nothing before it has begun', () => {
    expect(
      codeThrownBy(() => {
        rig.service.act('cure');
      }),
    ).toBe('request/invalid');
    rig.service.end();
    expect(rig.opened).toEqual([]);
  });

  it('runs one simulated camera at a time, and none once it is over', async () => {
    await rig.act('begin');
    expect(rig.running).toEqual(['blurred']);
    await rig.act('cure');
    expect(rig.running).toEqual(['naevus']);
    // Faster than a camera starts.
    rig.service.act('next');
    rig.service.act('next');
    await rig.act('cure');
    expect(rig.running).toEqual(['naevus']);
    await rig.act('end');
    expect(rig.running).toEqual([]);
  });

  it('shows a simulated camera that fails, goes on by another press, and still ends', async () => {
    await rig.act('begin');
    rig.pressed.press({ source: 'camera', at: 0 });
    await settle();
    rig.opened[0]!.camera.become({ state: 'lost', reason: 'the program has exited' });
    await settle();
    expect(rig.service.current()).toEqual({ ...FIRST, state: 'fault', code: 'camera/lost' });
    rig.opened[0]!.camera.become({ state: 'live' });
    await rig.press();
    expect(rig.service.current()).toMatchObject({ state: 'good' });
    await rig.act('end');
    expect(rig.running).toEqual([]);
  });

  it('survives a simulated camera that cannot be opened', async () => {
    rig.unopenable = true;
    await rig.act('begin');
    await rig.press();
    expect(rig.service.current()).toMatchObject({ state: 'fault', code: 'camera/lost' });
    rig.unopenable = false;
    await rig.act('next');
    expect(rig.running).toEqual(['hair']);
  });

  it('shows what failed in the quality gate', async () => {
    await rig.act('begin');
    rig.classifier.willAssess(new KioskError('inference/died', 'gone'));
    await rig.press();
    expect(rig.service.current()).toMatchObject({ state: 'fault', code: 'inference/died' });
  });

  it('drops a check that somebody no longer waits for', async () => {
    await rig.act('begin');
    const release = rig.classifier.hold('assess');
    rig.classifier.willAssess(unfit('too-blurred'));
    await rig.press();
    await rig.act('next');
    release();
    await settle();
    expect(rig.service.current()).toEqual({ step: 'hair', cured: false, state: 'aiming' });
  });

  it('ends by itself when nobody goes on with it, and by a stop', async () => {
    await rig.act('begin');
    await rig.clock.advance(599_000);
    await rig.act('cure');
    await rig.clock.advance(599_000);
    expect(rig.service.current()).toBeDefined();
    await rig.clock.advance(1_000);
    expect(rig.service.current()).toBeUndefined();
    expect(rig.running).toEqual([]);
    await rig.act('begin');
    await rig.service.stop();
    expect(rig.service.current()).toBeUndefined();
    expect(rig.running).toEqual([]);
  });

  it('counts as presence', async () => {
    await rig.act('begin');
    const before = rig.touches;
    rig.pressed.press({ source: 'camera', at: 0 });
    expect(rig.touches).toBeGreaterThan(before);
  });
});

describe('the live image', () => {
  it('is the simulated one during practice and the kiosk’s own before and after, which never stops', async () => {
    const own = new StartedCamera();
    await own.start();
    const image = new LiveImage({
      ...{ own, practice: rig.camera },
      isPractising: () => rig.service.current() !== undefined,
    });
    const seen: number[] = [];
    const unsubscribe = image.onFrame(({ jpeg }) => seen.push(jpeg[0]!));
    const both = (): void => {
      own.push(Uint8Array.of(1), 0);
      rig.opened.at(-1)?.camera.push(Uint8Array.of(2), 0);
    };
    both();
    await rig.act('begin');
    expect(image.status()).toEqual({ state: 'live' });
    both();
    await rig.act('end');
    both();
    expect(seen).toEqual([1, 2, 1]);
    expect(own.running).toBe(true);
    unsubscribe();
    both();
    expect(seen).toHaveLength(3);
    expect(own.listeners).toBe(0);
  });

  it('is not live at the moment practice ends, so that nothing of it is taken for a patient’s', async () => {
    const image = new LiveImage({
      ...{ own: rig.own, practice: rig.camera },
      isPractising: () => rig.service.current() !== undefined,
    });
    await rig.act('begin');
    const states: string[] = [];
    image.onStatus(({ state }) => states.push(state));
    await rig.act('end');
    expect(states).toEqual(['stopped']);
  });

  it('is not looked at while an image of practice is checked or explained', async () => {
    const ready = readiness(rig.session, rig.service);
    const states: string[] = [];
    ready.onChange(({ state }) => states.push(state));
    await rig.act('begin');
    expect(ready.session().state).toBe('ready');
    rig.classifier.willAssess(unfit('too-blurred'));
    await rig.press();
    expect(ready.session().state).toBe('checking');
    await rig.act('end');
    expect(ready.session().state).toBe('ready');
    expect(states).toEqual(['ready', 'checking', 'checking', 'ready']);
  });
});

describe('the signal in practice', () => {
  const view = { ...new FakeView().current(), button: { driver: 'onoff', state: 'ready' } } as const;

  it.each([
    [FIRST, 'ready', 'ready'],
    [{ ...FIRST, state: 'checking' }, 'busy', 'busy'],
    [{ ...FIRST, state: 'retake', reason: 'hair' }, 'retake', 'retake'],
    // Never a statement about a lesion.
    [{ ...FIRST, state: 'good' }, 'ok', 'ready'],
    [{ ...FIRST, state: 'fault', code: 'camera/lost' }, 'fault', 'fault'],
  ] as const satisfies [PracticeView, string, string][])(
    'of %j is %s, and %s at the lamp',
    (practice, sound, lamp) => {
      expect(signalOf({ ...view, practice })).toBe(sound);
      expect(lampSignal({ ...view, practice })).toBe(lamp);
    },
  );
});
