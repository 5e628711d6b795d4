import type { ContextChange } from './context.ts';
import type { FaultCode } from './reasons.ts';
import type { SettingChange, SettingsReply } from './settings.ts';
import type { View } from './view.ts';

/** Answer to a command of the screen. */
export type CommandReply =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: FaultCode; readonly message: string; readonly cure: string };

/** What the service says over socket.io. */
export interface ServerEvents {
  /** The whole current View: on connect, and after every change. */
  view: (view: View) => void;
  /**
   * One frame of the live preview, a JPEG. The next is sent only after `received` was called, and it is then the newest
   * there is: a slow screen skips frames instead of falling behind.
   */
  frame: (jpeg: ArrayBuffer, received: () => void) => void;
}

/** What the screen says over socket.io; nothing else is listened to. */
export interface ScreenEvents {
  /** Capture now; the same as the hardware button. */
  press: (reply: (reply: CommandReply) => void) => void;
  accept: (reply: (reply: CommandReply) => void) => void;
  discard: (reply: (reply: CommandReply) => void) => void;
  /** Leave a retake or fault screen and return to the live preview. */
  dismiss: (reply: (reply: CommandReply) => void) => void;
  /** Whom and what the next session is about: a reference, one of its lesions, or nobody any more. */
  context: (change: ContextChange, reply: (reply: CommandReply) => void) => void;
  /** Somebody touches this screen; said at once where the View is idle, else every few seconds. */
  active: () => void;
  /** This page draws: said every few seconds, so that one that hangs is known from one that nobody touches. */
  beat: () => void;
  /** How the settings stand, as far as this screen may know. */
  settings: (reply: (reply: SettingsReply) => void) => void;
  'settings-unlock': (pin: string, reply: (reply: SettingsReply) => void) => void;
  'settings-lock': (reply: (reply: SettingsReply) => void) => void;
  /** The first PIN, or another one. */
  'settings-pin': (pin: string, reply: (reply: SettingsReply) => void) => void;
  'settings-change': (change: SettingChange, reply: (reply: SettingsReply) => void) => void;
  /** Switch the live preview of this screen on or off (off while the log is read, say). */
  preview: (on: boolean) => void;
}
