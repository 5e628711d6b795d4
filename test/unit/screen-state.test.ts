import { describe, expect, it } from 'vitest';
import {
  isAnotherStart,
  screenOf,
  START,
  step,
  type Page,
  type ScreenState,
} from '../../kiosk-ui/src/state/screen-state.ts';
import type { SessionView, View } from '../../src/protocol/view.ts';

const model = { name: 'seed-cnn', version: '1.0.0', sha256: 'ab'.repeat(32), engine: 'onnxruntime' };
const head = { id: 'first', number: 1, source: 'camera' } as const;

describe('the screen', () => {
  it('is offline until the first view arrives', () => {
    expect(screenOf(START)).toBe('offline');
    expect(screenOf(after(START, viewOf()))).toBe('ready');
  });

  it.each([
    [{ state: 'ready' }, 'ready'],
    [{ state: 'capturing', ...head }, 'capturing'],
    [{ state: 'retake', reason: 'too-dark', picture: '/picture', ...head }, 'retake'],
    [{ state: 'fault', code: 'camera/lost' }, 'fault'],
    [showing({ outcome: 'withheld', reason: 'unsure', model }), 'withheld'],
    [
      showing({ outcome: 'result', malignancy: 0.4, threshold: 0.3, statement: 'above', classes: [], model }),
      'result',
    ],
  ] satisfies [SessionView, string][])('shows %j as %s', (session, name) => {
    expect(screenOf(after(START, viewOf({ session })))).toBe(name);
  });

  it('shows no stale view while offline, and is back with the next view', () => {
    const lost = step(after(START, viewOf()), { type: 'lost' });
    expect(screenOf(lost)).toBe('offline');
    expect(screenOf(after(lost, viewOf()))).toBe('ready');
  });

  it('ignores a view older than the current one', () => {
    const newer = after(START, viewOf({ revision: 7, session: { state: 'capturing', ...head } }));
    expect(screenOf(after(newer, viewOf({ revision: 6 })))).toBe('capturing');
  });

  it('accepts the first view after a restart, whatever its revision, and resets the page', () => {
    const open = at('log', after(START, viewOf({ revision: 90 })));
    const fresh = viewOf({ revision: 0, bootId: 'second-boot' });
    expect(isAnotherStart(open, fresh)).toBe(true);
    expect(screenOf(after(open, fresh))).toBe('ready');
  });

  it('does not take its very first view for a restart', () => {
    expect(isAnotherStart(START, viewOf())).toBe(false);
  });
});

describe('practice', () => {
  const practice = { step: 'focus', cured: false, state: 'aiming' } as const;

  it('fills the live screen, and is neither shown to nobody nor over another page', () => {
    const live = after(START, viewOf({ practice }));
    expect(screenOf(live)).toBe('practice');
    expect(screenOf(at('log', live))).toBe('log');
    expect(screenOf(after(live, viewOf({ practice, idle: true })))).toBe('privacy');
    expect(screenOf(after(live, viewOf()))).toBe('ready');
  });
});

describe('the follow-up of a lesion', () => {
  const lesion = { id: 'one', site: 'chest-left', label: '1', contraIndications: [] } as const;
  const context = { reference: 'A-1', lesions: [lesion], lesion };

  it('stays on the screen while its lesion is set, and closes with it', () => {
    const opened = at('lesion', after(START, viewOf({ context })));
    expect(screenOf(opened)).toBe('lesion');
    expect(screenOf(after(opened, viewOf({ revision: 2, context })))).toBe('lesion');
    const none = { reference: 'B-2', lesions: [] };
    expect(screenOf(after(opened, viewOf({ revision: 2, context: none })))).toBe('ready');
    expect(screenOf(after(opened, viewOf({ revision: 2 })))).toBe('ready');
  });
});

describe('an idle kiosk', () => {
  const idle = viewOf({ revision: 2, idle: true });

  it('hides any open page, and restarts at the live preview', () => {
    const left = after(at('log', after(START, viewOf())), idle);
    expect(screenOf(left)).toBe('privacy');
    expect(screenOf(after(left, viewOf({ revision: 3 })))).toBe('ready');
  });

  it('shows the session that a press starts', () => {
    const pressed = viewOf({ revision: 3, session: { state: 'capturing', ...head } });
    expect(screenOf(after(after(START, idle), pressed))).toBe('capturing');
  });
});

describe('a page opened by the user', () => {
  const opened = at('log', after(START, viewOf({ revision: 1 })));

  it('stays while only the camera changes', () => {
    expect(screenOf(after(opened, viewOf({ revision: 2 })))).toBe('log');
  });

  it('gives way to a session that starts', () => {
    expect(screenOf(after(opened, viewOf({ revision: 2, session: { state: 'capturing', ...head } })))).toBe(
      'capturing',
    );
  });

  it('gives way to a fault without a session', () => {
    expect(
      screenOf(after(opened, viewOf({ revision: 2, session: { state: 'fault', code: 'camera/lost' } }))),
    ).toBe('fault');
  });

  it('stays if the session during which it was opened continues', () => {
    const during = at(
      'upload',
      after(
        START,
        viewOf({ session: { state: 'retake', reason: 'too-dark', picture: '/picture', ...head } }),
      ),
    );
    const same = viewOf({
      revision: 2,
      session: { state: 'retake', reason: 'too-dark', picture: '/picture', ...head },
    });
    expect(screenOf(after(during, same))).toBe('upload');
  });

  it('stays if the session ends meanwhile', () => {
    const during = at(
      'about',
      after(
        START,
        viewOf({ session: { state: 'retake', reason: 'too-dark', picture: '/picture', ...head } }),
      ),
    );
    expect(screenOf(after(during, viewOf({ revision: 2 })))).toBe('about');
  });

  it('gives way to the next session, not only to the first', () => {
    const during = at(
      'log',
      after(
        START,
        viewOf({ session: { state: 'retake', reason: 'too-dark', picture: '/picture', ...head } }),
      ),
    );
    const next = viewOf({ revision: 2, session: { state: 'capturing', ...head, id: 'second' } });
    expect(screenOf(after(during, next))).toBe('capturing');
  });
});

function after(state: ScreenState, view: View): ScreenState {
  return step(state, { type: 'view', view });
}

function at(page: Page, state: ScreenState): ScreenState {
  return step(state, { type: 'opened', page });
}

function showing(result: Extract<SessionView, { state: 'showing' }>['result']): SessionView {
  return {
    state: 'showing',
    ...head,
    picture: '/api/sessions/first/picture',
    result,
    disposition: 'unreviewed',
  };
}

function viewOf(parts: Partial<View> = {}): View {
  return {
    revision: 1,
    bootId: 'first-boot',
    camera: { state: 'live', driver: 'phantom', simulated: true },
    button: { driver: 'virtual', state: 'ready' },
    model: { state: 'ready', ...model, threshold: 0.3 },
    storage: { state: 'ok' },
    board: { warnings: [] },
    session: { state: 'ready' },
    sound: true,
    idle: false,
    language: 'en',
    brightness: 100,
    theme: { mode: 'dark', lightFrom: 7, lightUntil: 19 },
    textSize: 'normal',
    ...parts,
  };
}
