import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Camera } from '../camera/port.ts';
import { StreamCamera } from '../camera/stream-camera.ts';
import { InferenceClassifier } from '../classifier/client/client.ts';
import type { Rules } from '../classifier/port.ts';
import type { Config } from '../config/schema.ts';
import { ImageFolder } from '../drive/image-folder.ts';
import type { ImageDrive } from '../drive/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { practiceProgram } from '../practice/program.ts';
import type { ImageStore } from '../retention/port.ts';
import type { EncryptedImageStoreOptions } from '../retention/encrypted-image-store.ts';
import type { Appearance } from '../session/live-view.ts';
import type { SessionSettings } from '../session/options.ts';
import { cameraProgram } from './camera-drivers.ts';

/** Longest session from press to result, ms, in addition to the limits of capture and inference. */
const SESSION_SLACK_MS = 5_000;

/** The bundle used unless the settings name another. */
const DEFAULT_BUNDLE = 'lesion-pair';
const BUNDLES = fileURLToPath(new URL('../../model/bundles', import.meta.url));

/** What the settings say of the screen itself; its brightness has a control of its own. */
export function appearanceOf(config: Config): Omit<Appearance, 'brightness'> {
  const { language, sound, textSize, theme, lightFrom, lightUntil } = config;
  return { language, sound, textSize, theme: { mode: theme, lightFrom, lightUntil } };
}

/**
 * The classifier of these settings.
 *
 * @param entry in place of the inference process's own module; measurements only
 */
export function createClassifier(
  config: Config,
  clock: Clock,
  log: Logger,
  entry?: string,
): InferenceClassifier {
  return new InferenceClassifier({
    bundleDir: bundleDirOf(config),
    entry,
    engine: config.engine,
    timeoutMs: config.inferenceTimeoutMs,
    rules: classifierRulesFrom(config),
    clock,
    log,
  });
}

/** The bundle of these settings: a bundled one by name, or any other by folder. */
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

/** The simulated camera of practice, beside the kiosk's own. */
export function createPracticeCamera(config: Config, scene: string, clock: Clock, log: Logger): Camera {
  const program = practiceProgram(scene);
  return new StreamCamera({ program, clock, log, stalledMs: config.cameraStalledMs });
}

/** The images on a USB drive; `undefined` if these settings name no folder for them. */
export function createDrive(config: Config, clock: Clock): ImageDrive | undefined {
  const { uploadDir: folder, uploadMaxBytes: maxBytes } = config;
  return folder === '' ? undefined : new ImageFolder({ folder, maxBytes, newId: randomUUID, clock });
}

/** The rules of the quality gate and the decision, from these settings. */
export function classifierRulesFrom(config: Config): Rules {
  return {
    operatingPoint: config.operatingPoint,
    prevalence: config.prevalence,
    gate: {
      focus: config.gateFocus,
      dark: config.gateDark,
      hair: config.gateHair,
      glare: config.gateGlare,
      ink: config.gateInk,
    },
  };
}

/** Which images are stored beyond their result, from these settings. */
export function retentionPolicyFrom({ retention, retentionDays }: Config): ImageStore['policy'] {
  return { mode: retention, days: retentionDays };
}

/** The image store of these settings. */
export function imageStoreOptions(
  config: Config,
): Pick<EncryptedImageStoreOptions, 'dir' | 'keyFile' | 'policy'> {
  const { dataDir, retentionKey } = config;
  return {
    dir: join(dataDir, 'pictures'),
    keyFile: retentionKey === '' ? join(dataDir, 'pictures.key') : retentionKey,
    policy: retentionPolicyFrom(config),
  };
}

/** The time limits of a session, from these settings. */
export function sessionSettings(config: Config): SessionSettings {
  return {
    burstFrames: config.burstFrames,
    burstSpanMs: config.burstSpanMs,
    captureTimeoutMs: config.captureTimeoutMs,
    cameraLatencyMs: config.cameraLatencyMs,
    mmPerPixel: config.cameraPixelsPerMm === 0 ? undefined : 1 / config.cameraPixelsPerMm,
    sessionTimeoutMs: config.captureTimeoutMs + 2 * config.inferenceTimeoutMs + SESSION_SLACK_MS,
  };
}
