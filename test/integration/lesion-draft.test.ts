import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import type { ContextChange, LesionDraft } from '../../src/protocol/context.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { RealLog } from '../support/real-log.ts';

const DRAFT = { site: 'nose', label: 'by the scar' } as const;
const READY: SessionView = { state: 'ready' };

let log: RealLog;

beforeEach(async () => {
  log = await RealLog.open();
});

afterEach(() => log.dispose());

class Screen {
  state: SessionView = READY;
  readonly context = new CurrentPatient({
    ...{ store: log.store, pattern: '[A-Z]-[0-9]+', contraIndicated: 'flag', askNext: true },
    log: silentLogger,
    session: () => ({
      session: () => this.state,
      leave: () => {
        this.show(READY);
      },
      onChange: (listener) => {
        this.#listener = listener;
        return () => undefined;
      },
    }),
  });
  #listener: (session: SessionView) => void = () => undefined;

  show(state: SessionView): void {
    this.state = state;
    this.#listener(state);
  }

  /** A capture and its result, which is left. */
  press(): void {
    this.show({ state: 'asking', id: 's', number: 1, source: 'camera', asked: [] });
    this.show(READY);
  }

  /** Returns the code of a refusal. */
  change(change: ContextChange): string | undefined {
    try {
      this.context.change(change);
      return undefined;
    } catch (error) {
      return codeOf(error);
    }
  }

  select(reference: string): void {
    this.change({ type: 'reference', reference });
  }

  draft(reference: string, draft: LesionDraft | null): string | undefined {
    return this.change({ type: 'draft', reference, draft });
  }
}

async function opened(): Promise<Screen> {
  const screen = new Screen();
  await screen.context.start();
  return screen;
}

describe('a lesion that is being entered', () => {
  it('is in the View of its patient until it is added, or dropped', async () => {
    const screen = await opened();
    screen.select('A-1');
    screen.draft('A-1', DRAFT);
    expect(screen.context.current()).toMatchObject({ draft: DRAFT });
    screen.change({ type: 'new-lesion', reference: 'A-1', ...DRAFT, contraIndications: null });
    expect(screen.context.current()).not.toHaveProperty('draft');
    screen.draft('A-1', DRAFT);
    screen.draft('A-1', null);
    expect(screen.context.current()).not.toHaveProperty('draft');
  });

  it('survives a press elsewhere, once the patient is confirmed again', async () => {
    const screen = await opened();
    screen.select('A-1');
    screen.draft('A-1', DRAFT);
    screen.press();
    expect(screen.context.current()).toBeUndefined();
    screen.change({ type: 'same' });
    expect(screen.context.current()).toMatchObject({ reference: 'A-1', draft: DRAFT });
  });

  it('leaves a result on the screen, and the journal, as they are', async () => {
    const screen = await opened();
    screen.select('A-1');
    const before = log.store.verify();
    screen.show({ state: 'asking', id: 's', number: 1, source: 'camera', asked: [] });
    expect(screen.draft('A-1', DRAFT)).toBeUndefined();
    expect(screen.state).toMatchObject({ state: 'asking' });
    expect(log.store.verify()).toEqual(before);
  });

  it('is refused for a patient who is not selected', async () => {
    const screen = await opened();
    expect(screen.draft('A-1', DRAFT)).toBe('reference/none');
    screen.select('B-1');
    expect(screen.draft('A-1', DRAFT)).toBe('request/invalid');
    expect(screen.context.current()).not.toHaveProperty('draft');
  });

  it('is gone when somebody else is selected', async () => {
    const screen = await opened();
    screen.select('A-1');
    screen.draft('A-1', DRAFT);
    screen.select('B-1');
    expect(screen.context.current()).toEqual({ reference: 'B-1', lesions: [] });
  });

  it('is never seen with another patient, whatever happens', () => {
    const reference = fc.constantFrom('A-1', 'B-1');
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('select', 'scan', 'draft'), reference }) },
      fc.record({ type: fc.constantFrom('same', 'clear', 'press', 'idle', 'drop'), reference }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }), (steps) => {
        const screen = new Screen();
        void screen.context.start();
        for (const { type, reference: of } of steps) {
          if (type === 'select') screen.select(of);
          else if (type === 'scan') screen.change({ type: 'scan', reference: of });
          else if (type === 'draft') screen.draft(of, { site: 'nose', label: of });
          else if (type === 'drop') screen.draft(of, null);
          else if (type === 'press') screen.press();
          else if (type === 'idle') screen.context.clear('idle');
          else screen.change({ type });
          for (const seen of [screen.context.current(), screen.context.last()])
            expect(seen?.draft?.label ?? seen?.reference).toBe(seen?.reference);
        }
        screen.context.clear('idle');
        screen.select('A-1');
        expect(screen.context.current()).not.toHaveProperty('draft');
      }),
      { numRuns: 30 },
    );
  });
});
