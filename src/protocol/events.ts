import type { OpinionCommand } from './assessments.ts';
import type { AnswerCommand, ContextChange } from './context.ts';
import type { Framing } from './framing.ts';
import type { FaultCode } from './reasons.ts';
import type { SettingChange, SettingsReply } from './settings.ts';
import type { View } from './view.ts';

/** Response to a command of the screen. */
export type CommandReply =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: FaultCode; readonly message: string; readonly cure: string };

/** Events sent by the service over socket.io. */
export interface ServerEvents {
  /** The whole current View: on connection, and after every change. */
  view: (view: View) => void;
  /** The unlock of this screen has ended. */
  locked: () => void;
  /**
   * One frame of the live preview, a JPEG. The next is sent only after `received` was called, and is then the newest: a
   * slow screen skips frames instead of falling behind.
   */
  frame: (jpeg: ArrayBuffer, received: () => void) => void;
  /** What a press now would find, several times per second, to screens that show the live preview; `null` while unknown. */
  framing: (framing: Framing | null) => void;
}

/** Events sent by the screen over socket.io; all others are ignored. */
export interface ScreenEvents {
  /** Capture now; equivalent to the hardware button. */
  press: (reply: (reply: CommandReply) => void) => void;
  /** Capture the patient and lesion of the result on the screen again. */
  retake: (reply: (reply: CommandReply) => void) => void;
  accept: (reply: (reply: CommandReply) => void) => void;
  discard: (reply: (reply: CommandReply) => void) => void;
  /** Answer the questions about the lesion that was captured, before its result is shown. */
  answer: (answer: AnswerCommand, reply: (reply: CommandReply) => void) => void;
  /** Give an opinion of the lesion before its result is shown. */
  opinion: (opinion: OpinionCommand, reply: (reply: CommandReply) => void) => void;
  /** Leave a retake or fault screen and return to the live preview. */
  dismiss: (reply: (reply: CommandReply) => void) => void;
  /** Change the patient or lesion of the next session: a reference, one of its lesions, or none. */
  context: (change: ContextChange, reply: (reply: CommandReply) => void) => void;
  /** This screen was unlocked over HTTP: the token, so that the connection is unlocked too. */
  unlocked: (token: string, reply: (reply: CommandReply) => void) => void;
  /** Somebody touches this screen; sent immediately if the View is idle, otherwise every few seconds. */
  active: () => void;
  /** Rendering heartbeat, sent every few seconds: distinguishes a page that hangs from one that nobody touches. */
  beat: () => void;
  /** Request the settings, as far as this screen may see them. */
  settings: (reply: (reply: SettingsReply) => void) => void;
  'settings-unlock': (pin: string, reply: (reply: SettingsReply) => void) => void;
  'settings-lock': (reply: (reply: SettingsReply) => void) => void;
  /** Set the first PIN, or a new one. */
  'settings-pin': (pin: string, reply: (reply: SettingsReply) => void) => void;
  'settings-change': (change: SettingChange, reply: (reply: SettingsReply) => void) => void;
  /** Switch the live preview of this screen on or off (off while the log is open, for example). */
  preview: (on: boolean) => void;
}
