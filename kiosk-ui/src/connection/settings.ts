import { signal } from '@preact/signals';
import type { SettingChange, SettingsSnapshot } from '#protocol/settings.ts';
import type { Words } from '#protocol/words.ts';
import { isSettingsReply } from './answers.ts';
import { accepted } from './http.ts';
import { askSettings } from './socket.ts';
import { wordsSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** The settings as last reported by the kiosk; `undefined` until then. */
export const snapshot = signal<SettingsSnapshot | undefined>(undefined);

/** @returns why the kiosk rejected the change; `undefined` if it did not */
async function ask(reply: Promise<unknown>): Promise<Words | undefined> {
  const answer = await reply;
  if (answer === undefined) return { message: t('silent.message'), cure: t('silent.cure') };
  const read = accepted('settings', isSettingsReply, answer);
  if (!read.ok) return read.words;
  snapshot.value = read.value.snapshot;
  return read.value.ok ? undefined : wordsSent(read.value);
}

export const readSettings = (): Promise<Words | undefined> => ask(askSettings('settings'));

export const lock = (): Promise<Words | undefined> => ask(askSettings('settings-lock'));

export const setPin = (pin: string): Promise<Words | undefined> => ask(askSettings('settings-pin', pin));

export const change = (wanted: SettingChange): Promise<Words | undefined> =>
  ask(askSettings('settings-change', wanted));
