import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aboutOf } from './about.ts';
import { LinuxBoard } from '../board/linux-board.ts';
import type { Board } from '../board/port.ts';
import { BrightnessControl } from '../backlight/brightness-control.ts';
import { BoardMonitor } from '../board/board-monitor.ts';
import { ButtonService } from '../button/button-service.ts';
import { SwitchableCamera } from '../camera/switchable-camera.ts';
import type { Camera } from '../camera/port.ts';
import { StreamCamera } from '../camera/stream-camera.ts';
import { InferenceClassifier } from '../classifier/client/client.ts';
import {
  applySetting,
  retentionPolicyFrom,
  classifierRulesFrom,
  type SettingTargets,
} from './apply-setting.ts';
import type { Settings } from '../config/saved-settings.ts';
import type { Config } from '../config/schema.ts';
import { CurrentPatient } from '../patient/current-patient.ts';
import { UpdateLock } from '../host/update-lock.ts';
import { backlight, cameraProgram, hardwareKey, hardwareLamp } from './drivers.ts';
import { openLamp } from '../lamp/opening.ts';
import { LampPlayer } from '../lamp/player.ts';
import { Comparer } from '../follow-up/comparer.ts';
import type { Clock } from '../lib/clock.ts';
import { Lifecycle } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { healthOf, memoryOf } from '../diagnostics/health.ts';
import { EncryptedImageStore } from '../retention/encrypted-image-store.ts';
import { IdleWatch } from '../session/idle-watch.ts';
import { LiveView } from '../session/live-view.ts';
import { SessionRunner, type SessionSettings } from '../session/runner.ts';
import { LiveSelfTest } from '../diagnostics/live-self-test.ts';
import { SettingsService } from '../settings/settings-service.ts';
import { createServer, type KioskServer } from '../server/server.ts';
import { SqliteStore } from '../store/sqlite-store.ts';

/** Longest wait for one room to stop, ms; all together stay below the ten seconds a clean stop may take. */
const STOP_LIMIT_MS = 4_000;

/** Longest whole session from press to result, ms, beyond the capture's and the inference's own limits. */
const SESSION_SLACK_MS = 5_000;

/** The bundle that runs unless the settings name another. */
const DEFAULT_BUNDLE = 'lesion-pair';
const BUNDLES = fileURLToPath(new URL('../../model/bundles', import.meta.url));

export interface AppOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  /** The machine under it; a test has one of its own. */
  readonly board?: Board;
}

/** The whole service, built from settings; it never touches the process it runs in. */
export class App {
  readonly #options: AppOptions;
  #buttons: ButtonService | undefined;
  #lifecycle: Lifecycle | undefined;
  #server: KioskServer | undefined;

  constructor(options: AppOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { settings, clock, log } = this.#options;
    const { config } = settings;
    const bootId = randomUUID();
    const store = new SqliteStore({ dir: config.dataDir, clock, log, bootId });
    const images = new EncryptedImageStore({ ...imageStoreOptions(config), store, clock, log });
    const classifier = createClassifier(config, clock, log);
    const camera = new SwitchableCamera(await createCamera(config, clock, log));
    const blink = (): void => {
      lamp.blink();
    };
    const context: CurrentPatient = new CurrentPatient({
      ...{ store, session: () => session },
      ...{ pattern: config.referencePattern, contraIndicated: config.contraIndicated },
    });
    const session = new SessionRunner({
      subject: () => context.subject(),
      ...{ camera, classifier, store, images, blink, clock, log },
      newId: randomUUID,
      settings: sessionSettings(config),
    });
    const { sound, language } = config;
    const view = new LiveView({
      ...{ bootId, session, context, camera, classifier, store, clock, sound, language },
    });
    const parts = { config, store, images, classifier, camera, session, context, view, clock, log };
    const board = this.#options.board ?? new LinuxBoard({ dataDir: config.dataDir });
    const boardMonitor = new BoardMonitor({ ...parts, board });
    const lamp = new LampPlayer({
      openLamp: () => openLamp(config.lamp, (name) => hardwareLamp(name, config, clock)),
      ...{ view, clock, log },
    });
    const updateLock = new UpdateLock({ ...parts, path: config.updateLock });
    const idle = new IdleWatch({ ...parts, idleMs: 1000 * config.idleSeconds });
    const buttons = new ButtonService({
      ...parts,
      makeKey: (name) => hardwareKey(name, config, clock),
      blink,
    });
    this.#buttons = buttons;
    const { settingsService, brightnessControl } = this.#settingsServices({ ...parts, idle, buttons });
    this.#server = createServer({
      ...parts,
      settings: settingsService,
      comparer: new Comparer(),
      about: () => aboutOf(classifier.status(), view.current()),
      health: () => healthOf({ store, images, camera, classifier, board: boardMonitor }),
      memory: () => memoryOf(classifier),
      touched: () => {
        idle.touched();
      },
      selfTest: new LiveSelfTest({ ...parts, bundleDir: bundleDirOf(config), board, buttons, lamp }),
      staticDir: fileURLToPath(new URL('../../dist/kiosk-ui', import.meta.url)),
    });
    const first = [
      store,
      images,
      classifier,
      camera,
      updateLock,
      session,
      view,
      settingsService,
      brightnessControl,
    ];
    const last = [boardMonitor, idle, lamp, this.#server, buttons];
    const stopLimitMs = STOP_LIMIT_MS;
    this.#lifecycle = new Lifecycle([...first, ...last], { clock, log, stopLimitMs });
    await this.#lifecycle.start();
  }

  /** Who changes settings, and the one thing that only they turn. */
  #settingsServices(parts: Changed): {
    readonly settingsService: SettingsService;
    readonly brightnessControl: BrightnessControl;
  } {
    const { settings, clock, log } = this.#options;
    const { store, view, classifier } = parts;
    const brightnessControl = new BrightnessControl({
      find: backlight,
      brightness: settings.config.brightness,
      dimPicture: (brightness) => {
        view.setAppearance({ brightness });
      },
      log,
    });
    const makeCamera = (config: Config): Promise<Camera> => createCamera(config, clock, log);
    const settingsService = new SettingsService({
      ...{ settings, store, view, clock, log },
      operatingPoints: () => classifier.operatingPoints(),
      dims: () => brightnessControl.dims(),
      apply: (setting, config) =>
        applySetting(setting, config, { ...parts, brightnessControl, makeCamera, sessionSettings }),
    });
    return { settingsService, brightnessControl };
  }

  async stop(): Promise<void> {
    await this.#lifecycle?.stop();
  }

  /** A press of the virtual button. */
  press(): void {
    this.#buttons?.press();
  }

  /** Where the screen is, once started. */
  url(): string {
    return this.#server?.address().url ?? '';
  }
}

/** What a changed setting may change. */
type Changed = Omit<SettingTargets, 'brightnessControl' | 'makeCamera' | 'sessionSettings'> & {
  readonly store: SqliteStore;
};

function imageStoreOptions(config: Config) {
  const { dataDir, retentionKey } = config;
  return {
    dir: join(dataDir, 'pictures'),
    keyFile: retentionKey === '' ? join(dataDir, 'pictures.key') : retentionKey,
    policy: retentionPolicyFrom(config),
  };
}

function sessionSettings(config: Config): SessionSettings {
  return {
    burstFrames: config.burstFrames,
    burstSpanMs: config.burstSpanMs,
    captureTimeoutMs: config.captureTimeoutMs,
    cameraLatencyMs: config.cameraLatencyMs,
    mmPerPixel: config.cameraPixelsPerMm === 0 ? undefined : 1 / config.cameraPixelsPerMm,
    sessionTimeoutMs: config.captureTimeoutMs + 2 * config.inferenceTimeoutMs + SESSION_SLACK_MS,
  };
}

/** The classifier of these settings, with the bundle that ships unless another is named. */
export function createClassifier(config: Config, clock: Clock, log: Logger): InferenceClassifier {
  return new InferenceClassifier({
    bundleDir: bundleDirOf(config),
    engine: config.engine,
    timeoutMs: config.inferenceTimeoutMs,
    rules: classifierRulesFrom(config),
    clock,
    log,
  });
}

/** The bundle of these settings: one that ships, by its name, or any other by its folder. */
export function bundleDirOf({ model }: Pick<Config, 'model'>): string {
  if (model === '') return join(BUNDLES, DEFAULT_BUNDLE);
  const ships = model === basename(model) && existsSync(join(BUNDLES, model, 'card.json'));
  return ships ? join(BUNDLES, model) : model;
}

export async function createCamera(config: Config, clock: Clock, log: Logger): Promise<Camera> {
  return new StreamCamera({
    program: await cameraProgram(config),
    clock,
    log,
    stalledMs: config.cameraStalledMs,
  });
}
