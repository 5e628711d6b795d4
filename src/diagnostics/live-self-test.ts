import type { Board } from '../board/port.ts';
import type { TestPress } from '../button/button-test.ts';
import type { Camera } from '../camera/port.ts';
import { sampleCamera } from './camera-check.ts';
import { runChecks } from './run-checks.ts';
import { buttonCheck, engineCheck, lampCheck, modelCheck } from './device-checks.ts';
import type { Classifier, FrameInspector, FrameInspection } from '../classifier/port.ts';
import type { ModelSelfTestReport } from '../classifier/model/self-test.ts';
import type { Config } from '../config/schema.ts';
import type { LampStatus } from '../lamp/port.ts';
import type { Clock } from '../lib/clock.ts';
import { BUTTON_TEST_MS, LAMP_TEST_MS, type LampTest, type SelfTestReport } from '../protocol/diagnostics.ts';
import { isUnderWay, type View } from '../protocol/view.ts';
import type { SelfTestControl } from './port.ts';
import type { SessionStore } from '../store/port.ts';
import { versions } from './versions.ts';

/** A live camera sends a frame within this time, ms; one that is not live has already been reported. */
const FIRST_FRAME_MS = 2_000;

interface Options {
  readonly config: Pick<Config, 'dataDir' | 'cameraFps'>;
  /** Folder of the model's bundle. */
  readonly bundleDir: string;
  readonly board: Board;
  readonly camera: Camera;
  readonly classifier: Pick<Classifier, 'status'> &
    FrameInspector & { selfTest(): ModelSelfTestReport | undefined };
  readonly store: Pick<SessionStore, 'probe'>;
  readonly view: { current(): View };
  readonly buttons: { nextPress(timeoutMs: number, signal: AbortSignal): Promise<TestPress | undefined> };
  readonly lamp: { status(): LampStatus; test(ms: number): void };
  readonly clock: Clock;
}

/** The self-test of the running kiosk, using the components it has open: nothing is started or opened twice. */
export class LiveSelfTest implements SelfTestControl {
  readonly #options: Options;
  #underWay: Promise<SelfTestReport> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Concurrent callers share one run. */
  run(): Promise<SelfTestReport> {
    this.#underWay ??= this.#runChecks().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  nextPress(signal: AbortSignal): ReturnType<SelfTestControl['nextPress']> {
    return this.#options.buttons.nextPress(BUTTON_TEST_MS, signal);
  }

  testLamp(): LampTest {
    const { lamp } = this.#options;
    const status = lamp.status();
    if (status.state === 'ready') lamp.test(LAMP_TEST_MS);
    return { blinking: status.state === 'ready', found: lampCheck(status).found };
  }

  async #runChecks(): Promise<SelfTestReport> {
    const { config, bundleDir, board, camera, classifier, store, view, lamp, clock } = this.#options;
    const checks = await runChecks({
      board,
      camera: () => sampleCamera(camera, { clock, firstFrameMs: FIRST_FRAME_MS }),
      look: (jpeg) => this.#look(jpeg),
      button: () => buttonCheck(view.current().button),
      lamp: () => lampCheck(lamp.status()),
      model: () => modelCheck(classifier.status(), bundleDir),
      engine: () => engineCheck(classifier.status(), classifier.selfTest()),
      record: () => {
        store.probe();
        return 'database writable';
      },
      versions: versions(),
      ownBytes: () => process.memoryUsage.rss(),
      config,
      clock,
    });
    return { at: new Date(clock.wall()).toISOString(), checks };
  }

  async #look(jpeg: Uint8Array): Promise<FrameInspection | undefined> {
    const { view, classifier } = this.#options;
    return isUnderWay(view.current().session)
      ? undefined
      : classifier.inspect(jpeg, new AbortController().signal);
  }
}
