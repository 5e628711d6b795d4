import { signal } from '@preact/signals';
import type { SettingChange, SettingsReply, SettingsSnapshot } from '#protocol/settings.ts';
import type { Words } from '#protocol/reasons.ts';
import { askSettings } from './socket.ts';
import { wordsSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** The settings as last reported by the kiosk; `undefined` until then. */
export const snapshot = signal<SettingsSnapshot | undefined>(undefined);

/** @returns why the kiosk refused the change; `undefined` if it did not */
async function ask(answer: Promise<SettingsReply | undefined>): Promise<Words | undefined> {
  const reply = await answer;
  if (reply === undefined) return { message: t('silent.message'), cure: t('silent.cure') };
  snapshot.value = reply.snapshot;
  return reply.ok ? undefined : wordsSent(reply);
}

export const readSettings = (): Promise<Words | undefined> => ask(askSettings('settings'));

export const unlock = (pin: string): Promise<Words | undefined> => ask(askSettings('settings-unlock', pin));

export const lock = (): Promise<Words | undefined> => ask(askSettings('settings-lock'));

export const setPin = (pin: string): Promise<Words | undefined> => ask(askSettings('settings-pin', pin));

export const change = (wanted: SettingChange): Promise<Words | undefined> =>
  ask(askSettings('settings-change', wanted));
