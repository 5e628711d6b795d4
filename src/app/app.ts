import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aboutOf, operatingPointChoices } from './about.ts';
import { LinuxBoard } from '../board/linux-board.ts';
import type { Board } from '../board/port.ts';
import { BrightnessControl } from '../backlight/brightness-control.ts';
import { BoardMonitor } from '../board/board-monitor.ts';
import { ButtonService } from '../button/button-service.ts';
import { SwitchableCamera } from '../camera/switchable-camera.ts';
import type { Camera } from '../camera/port.ts';
import { applySetting, type SettingTargets } from './apply-setting.ts';
import {
  bundleDirOf,
  createCamera,
  createClassifier,
  createDrive,
  imageStoreOptions,
  sessionSettings,
  appearanceOf,
} from './factories.ts';
import { practising } from './practising.ts';
import type { Settings } from '../config/saved-settings.ts';
import type { Config } from '../config/schema.ts';
import { Overviews } from '../overview/overviews.ts';
import { CurrentPatient } from '../patient/current-patient.ts';
import { questionsOf } from '../patient/questions.ts';
import { unassignedToday } from '../patient/unassigned.ts';
import { UpdateLock } from '../host/update-lock.ts';
import { backlight, hardwareKey, hardwareLamp } from './drivers.ts';
import { openLamp } from '../lamp/opening.ts';
import { LampPlayer } from '../lamp/player.ts';
import { Comparer } from '../follow-up/comparer.ts';
import { Rescorer } from '../follow-up/rescorer.ts';
import type { Clock } from '../lib/clock.ts';
import { codeOf } from '../lib/errors.ts';
import { Lifecycle } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { healthOf, memoryOf } from '../diagnostics/health.ts';
import { EncryptedImageStore } from '../retention/encrypted-image-store.ts';
import { AutoCapture } from '../framing/auto-capture.ts';
import { FramingWatch } from '../framing/framing-watch.ts';
import { IdleWatch, type IdleWatchParts } from '../session/idle-watch.ts';
import { LiveView } from '../session/live-view.ts';
import { SessionRunner } from '../session/runner.ts';
import { LiveSelfTest } from '../diagnostics/live-self-test.ts';
import { OperatorService } from '../operators/operator-service.ts';
import { Guide } from '../settings/guide.ts';
import { Pin } from '../settings/pin.ts';
import { SettingsService } from '../settings/settings-service.ts';
import type { WriteLimit } from '../server/http.ts';
import { createServer, type KioskServer } from '../server/server.ts';
import { DATABASE_FILE } from '../store/open-database.ts';
import { SqliteStore } from '../store/sqlite-store.ts';

/** Longest wait for one service to stop, ms; together they stay below the ten seconds allowed for a clean shutdown. */
const STOP_LIMIT_MS = 4_000;

export interface AppOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  /** The machine it runs on; tests pass a fake one. */
  readonly board?: Board;
  /** In place of the usual limit on writes; tests and measurements only. */
  readonly writeLimit?: WriteLimit;
  /** In place of the usual time within which a second press does not count, ms; tests and measurements only. */
  readonly doublePressMs?: number;
  /** In place of the inference process's own module; measurements only. */
  readonly inferenceEntry?: string;
}

/** The whole service, built from the settings; it never touches the process it runs in. */
export class App {
  readonly #options: AppOptions;
  #buttons: ButtonService | undefined;
  #lifecycle: Lifecycle | undefined;
  #server: KioskServer | undefined;

  constructor(options: AppOptions) {
    this.#options = options;
  }

  // eslint-disable-next-line max-lines-per-function -- the wiring of all modules, one after another, without a branch
  async start(): Promise<void> {
    const { settings, clock, log } = this.#options;
    const { config } = settings;
    const blink = (): void => {
      lamp.blink();
    };
    // Before the store creates its file.
    const isFirstRun = config.guide && !existsSync(join(config.dataDir, DATABASE_FILE));
    const touched = (): void => {
      idle.touched();
    };
    const parts = await this.#sessionServices(blink, touched);
    const { store, images, classifier, camera, session, view, overviews, practice } = parts;
    const board = this.#options.board ?? new LinuxBoard({ dataDir: config.dataDir });
    const boardMonitor = new BoardMonitor({ ...parts, board });
    const lamp = new LampPlayer({
      openLamp: () => openLamp(config.lamp, (name) => hardwareLamp(name, config, clock)),
      ...{ view, clock, log },
    });
    const updateLock = new UpdateLock({ ...parts, path: config.updateLock });
    const idle = new IdleWatch({
      ...parts,
      context: untilIdle(parts),
      view: {
        setIdle: (on) => {
          if (on) practice.end();
          view.setIdle(on);
        },
      },
      idleMs: 1000 * config.idleSeconds,
    });
    const buttons = new ButtonService({
      ...parts,
      session: parts.pressed,
      store: parts.pressJournal,
      makeKey: (name) => hardwareKey(name, config, clock),
      blink,
      doublePressMs: this.#options.doublePressMs,
    });
    this.#buttons = buttons;
    const framing = new FramingWatch({
      ...parts,
      camera: parts.liveImage,
      session: parts.readiness,
      overview: overviews,
      enabled: config.framing,
    });
    const autoCapture = new AutoCapture({
      ...{ framing: parts.ownFraming(framing), button: buttons, clock, log },
      // Not while it is asked whose the next capture is, nor of an overview image.
      mayCapture: () => parts.context.last() === undefined && !overviews.isOpen(),
      enabled: config.autoCapture,
    });
    const pin = new Pin({ dataDir: config.dataDir, clock });
    const operators = new OperatorService({
      ...parts,
      enabled: config.operatorUnlock !== 'off',
      badgePrefix: config.badgePrefix,
      idleMs: 1000 * config.idleSeconds,
      pin,
      operators: store.operators,
    });
    const { settingsService, brightnessControl } = this.#settingsServices({
      ...parts,
      ...{ idle, buttons, autoCapture, operators, pin },
    });
    this.#server = createServer({
      ...parts,
      session: parts.pressed,
      camera: parts.liveImage,
      writeLimit: this.#options.writeLimit,
      settings: settingsService,
      guide: new Guide({ dataDir: config.dataDir, env: settings.env, isFirstRun, log }),
      operators,
      patients: store.patients,
      overview: overviews,
      overviewImages: images.overviews,
      button: buttons,
      framing,
      comparer: new Comparer(),
      rescorer: new Rescorer(parts),
      thumbnails: classifier,
      drive: createDrive(config, clock),
      about: () => aboutOf(classifier.status(), view.current()),
      health: () => healthOf({ store, images, camera, classifier, board: boardMonitor }),
      memory: () => memoryOf(classifier),
      touched,
      selfTest: new LiveSelfTest({ ...parts, bundleDir: bundleDirOf(config), board, buttons, lamp }),
      staticDir: fileURLToPath(new URL('../../dist/kiosk-ui', import.meta.url)),
    });
    const inOrder = [
      ...[store, images, classifier, camera, updateLock, session, parts.context, overviews, practice],
      ...[view, operators],
      ...[settingsService, brightnessControl],
      ...[boardMonitor, idle, lamp, framing, this.#server, buttons, autoCapture],
    ];
    this.#lifecycle = new Lifecycle(inOrder, { clock, log, stopLimitMs: STOP_LIMIT_MS });
    await this.#lifecycle.start();
  }

  /** What a session needs: camera, model, patient, storage, and the view. */
  async #sessionServices(blink: () => void, touched: () => void) {
    const { settings, clock, log, inferenceEntry } = this.#options;
    const { config } = settings;
    const bootId = randomUUID();
    const store = new SqliteStore({ dir: config.dataDir, clock, log, bootId });
    const images = new EncryptedImageStore({ ...imageStoreOptions(config), store, clock, log });
    const classifier = createClassifier(config, clock, log, inferenceEntry);
    const camera = new SwitchableCamera(await createCamera(config, clock, log));
    const context: CurrentPatient = new CurrentPatient({
      ...{ store, session: () => session },
      ...{ pattern: config.referencePattern, contraIndicated: config.contraIndicated },
      ...{ askNext: config.askNextPatient, log },
    });
    const overviews = new Overviews({
      ...{ camera, thumbnails: classifier, context, images, store, blink, clock, log },
      session: () => session,
      isPractising: () => practice.practice.current() !== undefined,
      lesions: store.patients,
      captureTimeoutMs: config.captureTimeoutMs,
      cameraLatencyMs: config.cameraLatencyMs,
      newId: randomUUID,
    });
    const session: SessionRunner = new SessionRunner({
      overview: overviews,
      subject: () => context.subject(),
      // Only a screen can answer.
      questions: (request) =>
        this.#server?.isDrawn() === true
          ? questionsOf(request, context.current(), config.askContraindications)
          : [],
      blind: ({ source }) => config.blindFirst && source === 'camera' && this.#server?.isDrawn() === true,
      contraIndicated: config.contraIndicated,
      ...{ camera, classifier, store, images, blink, clock, log },
      newId: randomUUID,
      settings: sessionSettings(config),
    });
    const base = { config, store, classifier, camera, session, context, clock, log };
    const practice = practising({ ...base, overview: overviews, blink, touched });
    const view = new LiveView({
      ...{ ...base, bootId, practice: practice.practice, overview: overviews },
      ...appearanceOf(config),
      unassigned: () => unassignedToday({ store, clock }),
    });
    return { ...base, ...practice, images, overviews, view };
  }

  /** The settings, and the brightness, which only they change. */
  #settingsServices(parts: Changed): {
    readonly settingsService: SettingsService;
    readonly brightnessControl: BrightnessControl;
  } {
    const { settings, clock, log } = this.#options;
    const { store, view, classifier, operators, pin } = parts;
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
      ...{ settings, store, view, clock, log, pin },
      pinChanged: () => {
        operators.technicianChanged();
      },
      operatingPoints: () => operatingPointChoices(classifier.operatingPoints()),
      dims: () => brightnessControl.dims(),
      apply: (setting, config) => applySetting(setting, config, { ...parts, brightnessControl, makeCamera }),
    });
    return { settingsService, brightnessControl };
  }

  async stop(): Promise<void> {
    await this.#lifecycle?.stop();
  }

  /** A press by a signal: nobody waits for a response. */
  press(): void {
    try {
      this.#buttons?.press();
    } catch (error) {
      this.#options.log.debug({ code: codeOf(error) }, 'press ignored');
    }
  }

  /** The URL of the screen, once started. */
  url(): string {
    return this.#server?.address().url ?? '';
  }
}

/** What is cleared when nobody is present, and what shows that somebody is. */
function untilIdle({
  context,
  overviews,
}: {
  readonly context: CurrentPatient;
  readonly overviews: Overviews;
}): IdleWatchParts['context'] {
  return {
    clear: (reason) => {
      overviews.drop();
      context.clear(reason);
    },
    onChange: (listener) => {
      const subscriptions = [context.onChange(listener), overviews.onChange(listener)];
      return () => {
        for (const unsubscribe of subscriptions) unsubscribe();
      };
    },
  };
}

/** What a changed setting can affect. */
type Changed = Omit<SettingTargets, 'brightnessControl' | 'makeCamera'> & {
  readonly store: SqliteStore;
  readonly pin: Pin;
};
