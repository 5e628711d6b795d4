import type { Camera } from '../camera/port.ts';
import type { Classifier, ClassifierStatus } from '../classifier/port.ts';
import { defaultOperatingPoint, statedPoints } from '../classifier/decision/verdict.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { codeOf } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { BoardWarning } from '../protocol/board.ts';
import type { ContextView } from '../protocol/context.ts';
import type { Language } from '../protocol/languages.ts';
import type { OverviewView } from '../protocol/overview.ts';
import type { PracticeView } from '../protocol/practice.ts';
import { isFaultCode } from '../protocol/reasons.ts';
import type { TextSize } from '../protocol/theme.ts';
import {
  isUnderWay,
  type ButtonView,
  type CameraView,
  type ModelView,
  type SessionView,
  type StorageView,
  type ThemeView,
  type View,
} from '../protocol/view.ts';
import type { SessionStore } from '../store/port.ts';
import type { SessionControl } from './port.ts';

/** Retry interval of a failed disk, ms: the screen recovers automatically. */
const STORAGE_RETRY_MS = 5_000;

export interface LiveViewSources {
  readonly bootId: string;
  readonly session: SessionControl;
  readonly context: {
    current(): ContextView | undefined;
    last(): ContextView | undefined;
    onChange(listener: () => void): () => void;
  };
  readonly overview: { current(): OverviewView | undefined; onChange(listener: () => void): () => void };
  /** `current()` is `undefined` unless somebody practises. */
  readonly practice: {
    current(): PracticeView | undefined;
    onChange(listener: () => void): () => void;
  };
  /** Today's results without a patient; `undefined` if there are no patients. */
  readonly unassigned: () => number | undefined;
  readonly camera: Camera;
  readonly classifier: Classifier;
  readonly store: Pick<SessionStore, 'probe'>;
  readonly clock: Clock;
  readonly sound: boolean;
  readonly language: Language;
  readonly theme: ThemeView;
  readonly textSize: TextSize;
}

/** Settings included in the View; see `View`. */
export interface Appearance {
  readonly sound: boolean;
  readonly language: Language;
  readonly brightness: number;
  readonly theme: ThemeView;
  readonly textSize: TextSize;
}

/** Combines the state of all modules into one View, with a new revision whenever something changed. */
export class LiveView implements Service {
  readonly name = 'view';
  readonly #parts: LiveViewSources;
  readonly #changes = new Emitter<undefined>();
  #revision = 0;
  #button: ButtonView = { driver: 'none', state: 'touch-only' };
  #storage: StorageView = { state: 'ok' };
  #boardWarnings: readonly BoardWarning[] = [];
  #idle = false;
  #unassigned: number | undefined;
  #appearance: Appearance;
  #subscriptions: (() => void)[] = [];
  #cancelRetry: () => void = () => undefined;

  constructor(parts: LiveViewSources) {
    this.#parts = parts;
    const { sound, language, theme, textSize } = parts;
    this.#appearance = { sound, language, theme, textSize, brightness: 100 };
  }

  start(): Promise<void> {
    const { session, context, camera, classifier, overview, practice } = this.#parts;
    const changed = (): void => {
      this.#changed();
    };
    this.#subscriptions = [
      camera.onStatus(changed),
      classifier.onStatus(changed),
      overview.onChange(changed),
      practice.onChange(changed),
      context.onChange(() => {
        this.#countUnassigned();
        this.#changed();
      }),
      session.onChange((view) => {
        this.#watchStorage(view);
        if (!isUnderWay(view)) this.#countUnassigned();
        this.#changed();
      }),
    ];
    this.#countUnassigned();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#cancelRetry();
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    return Promise.resolve();
  }

  current(): View {
    const now = this.#parts.context.current();
    const last = this.#parts.context.last();
    const overview = this.#parts.overview.current();
    const practice = this.#parts.practice.current();
    return {
      revision: this.#revision,
      bootId: this.#parts.bootId,
      camera: cameraView(this.#parts.camera),
      button: this.#button,
      model: modelView(this.#parts.classifier.status()),
      storage: this.#storage,
      board: { warnings: this.#boardWarnings },
      session: this.#parts.session.session(),
      ...(overview === undefined ? {} : { overview }),
      ...(now === undefined ? {} : { context: now }),
      ...(last === undefined ? {} : { lastPatient: last }),
      ...(this.#unassigned === undefined ? {} : { unassigned: this.#unassigned }),
      ...(practice === undefined ? {} : { practice }),
      idle: this.#idle,
      ...this.#appearance,
    };
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  setButton(button: ButtonView): void {
    this.#button = button;
    this.#changed();
  }

  setIdle(idle: boolean): void {
    this.#idle = idle;
    // Possibly on the next day.
    this.#countUnassigned();
    this.#changed();
  }

  setAppearance(change: Partial<Appearance>): void {
    this.#appearance = { ...this.#appearance, ...change };
    this.#changed();
  }

  setBoard(warnings: readonly BoardWarning[]): void {
    this.#boardWarnings = warnings;
    this.#changed();
  }

  #countUnassigned(): void {
    this.#unassigned = this.#parts.unassigned();
  }

  #changed(): void {
    this.#revision += 1;
    this.#changes.emit(undefined);
  }

  /** A session that failed because of the disk sets the storage state; a successful probe resets it. */
  #watchStorage(view: SessionView): void {
    if (view.state === 'fault' && view.code.startsWith('store/')) this.#probeStorage();
  }

  #probeStorage(): void {
    this.#cancelRetry();
    try {
      this.#parts.store.probe();
      this.#storage = { state: 'ok' };
    } catch (error) {
      const code = codeOf(error);
      this.#storage = { state: 'failed', code: isFaultCode(code) ? code : 'store/failed' };
      this.#cancelRetry = this.#parts.clock.after(STORAGE_RETRY_MS, () => {
        this.#probeStorage();
        this.#changed();
      });
    }
  }
}

function cameraView(camera: Camera): CameraView {
  return { ...camera.status(), driver: camera.driver, simulated: camera.simulated };
}

function modelView(status: ClassifierStatus): ModelView {
  if (status.state !== 'ready') return status;
  const { threshold } = defaultOperatingPoint({ operatingPoints: statedPoints(status.model) });
  return { state: 'ready', ...status.model.identity, threshold };
}
