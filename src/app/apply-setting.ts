import type { BrightnessControl } from '../backlight/brightness-control.ts';
import type { ButtonService } from '../button/button-service.ts';
import type { SwitchableCamera } from '../camera/switchable-camera.ts';
import type { Camera } from '../camera/port.ts';
import type { InferenceClassifier } from '../classifier/client/client.ts';
import type { Config } from '../config/schema.ts';
import type { OperatorService } from '../operators/operator-service.ts';
import type { CurrentPatient } from '../patient/current-patient.ts';
import type { UserSetting } from '../protocol/settings.ts';
import type { AutoCapture } from '../framing/auto-capture.ts';
import type { IdleWatch } from '../session/idle-watch.ts';
import type { EncryptedImageStore } from '../retention/encrypted-image-store.ts';
import type { LiveView } from '../session/live-view.ts';
import type { SessionRunner } from '../session/runner.ts';
import { appearanceOf, classifierRulesFrom, retentionPolicyFrom, sessionSettings } from './factories.ts';

export interface SettingTargets {
  readonly classifier: InferenceClassifier;
  readonly camera: SwitchableCamera;
  readonly makeCamera: (config: Config) => Promise<Camera>;
  readonly session: SessionRunner;
  readonly view: LiveView;
  readonly images: EncryptedImageStore;
  readonly brightnessControl: BrightnessControl;
  readonly idle: IdleWatch;
  readonly operators: OperatorService;
  readonly buttons: ButtonService;
  readonly autoCapture: AutoCapture;
  readonly context: CurrentPatient;
}

/** Applies a changed setting to the running kiosk without a restart. */
export async function applySetting(
  setting: UserSetting,
  config: Config,
  parts: SettingTargets,
): Promise<void> {
  const {
    classifier,
    camera,
    session,
    view,
    images,
    brightnessControl,
    idle,
    operators,
    buttons,
    autoCapture,
    context,
  } = parts;
  switch (setting) {
    case 'operatingPoint':
    case 'prevalence':
    case 'gateFocus':
    case 'gateDark':
    case 'gateHair':
    case 'gateGlare':
    case 'gateInk':
      classifier.setRules(classifierRulesFrom(config));
      break;
    case 'language':
    case 'theme':
    case 'textSize':
    case 'sound':
      view.setAppearance(appearanceOf(config));
      break;
    case 'brightness':
      await brightnessControl.set(config.brightness);
      break;
    case 'idleSeconds':
      idle.setIdleMs(1000 * config.idleSeconds);
      operators.setIdleMs(1000 * config.idleSeconds);
      break;
    case 'autoCapture':
      autoCapture.setEnabled(config.autoCapture);
      break;
    case 'askNextPatient':
      context.setAskNext(config.askNextPatient);
      break;
    case 'retention':
    case 'retentionDays':
      images.setPolicy(retentionPolicyFrom(config));
      break;
    case 'camera':
      await camera.replace(await parts.makeCamera(config));
      // Another camera has another scale.
      session.setSettings(sessionSettings(config));
      break;
    case 'button':
      await buttons.use(config.button);
  }
}
