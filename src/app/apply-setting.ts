import type { Dimmer } from '../backlight/brightness-control.ts';
import type { Buttons } from '../button/button-service.ts';
import type { ChangeableCamera } from '../camera/switchable-camera.ts';
import type { Camera } from '../camera/port.ts';
import type { InferenceClassifier } from '../classifier/client/client.ts';
import type { Rules } from '../classifier/port.ts';
import type { Config } from '../config/schema.ts';
import type { Changeable } from '../protocol/settings.ts';
import type { IdleWatch } from '../session/idle-watch.ts';
import type { KeptPictures } from '../retention/encrypted-image-store.ts';
import type { PictureKeeper } from '../retention/port.ts';
import type { LiveView } from '../session/live-view.ts';
import type { SessionRunner, SessionSettings } from '../session/runner.ts';

export interface ChangeParts {
  readonly classifier: InferenceClassifier;
  readonly camera: ChangeableCamera;
  readonly makeCamera: (config: Config) => Promise<Camera>;
  readonly session: SessionRunner;
  readonly sessionSettings: (config: Config) => SessionSettings;
  readonly view: LiveView;
  readonly keeper: KeptPictures;
  readonly dimmer: Dimmer;
  readonly idle: IdleWatch;
  readonly buttons: Buttons;
}

/** How pictures are judged, by these settings. */
export function rulesOf(config: Config): Rules {
  return {
    operatingPoint: config.operatingPoint,
    gate: {
      focus: config.gateFocus,
      dark: config.gateDark,
      hair: config.gateHair,
      glare: config.gateGlare,
      ink: config.gateInk,
    },
  };
}

/** Which pictures outlive their result, by these settings. */
export function policyOf({ retention, retentionDays }: Config): PictureKeeper['policy'] {
  return { mode: retention, days: retentionDays };
}

/** Makes a changed setting real in the running kiosk; nothing has to be started again by hand. */
export async function applyChange(setting: Changeable, config: Config, parts: ChangeParts): Promise<void> {
  const { classifier, camera, session, view, keeper, dimmer, idle, buttons } = parts;
  switch (setting) {
    case 'operatingPoint':
    case 'gateFocus':
    case 'gateDark':
    case 'gateHair':
    case 'gateGlare':
    case 'gateInk':
      classifier.setRules(rulesOf(config));
      break;
    case 'language':
      view.setAppearance({ language: config.language });
      break;
    case 'sound':
      view.setAppearance({ sound: config.sound });
      break;
    case 'brightness':
      await dimmer.set(config.brightness);
      break;
    case 'idleSeconds':
      idle.setIdleMs(1000 * config.idleSeconds);
      break;
    case 'retention':
    case 'retentionDays':
      keeper.setPolicy(policyOf(config));
      break;
    case 'camera':
      await camera.replace(await parts.makeCamera(config));
      // Another camera has another scale.
      session.setSettings(parts.sessionSettings(config));
      break;
    case 'button':
      await buttons.use(config.button);
  }
}
