import { openKeys } from '../button/opening.ts';
import { KeyReader } from '../button/reader.ts';
import { gestureTimes } from '../buttons.ts';
import { checkOf } from '../checkup/check.ts';
import { buttonCheck as checkOfButton } from '../checkup/parts.ts';
import type { Config } from '../config/schema.ts';
import { hardwareKey, openLamp } from '../drivers.ts';
import { systemClock } from '../lib/clock.ts';
import { BUTTON_TEST_MS, NO_PRESS, type Check } from '../protocol/checkup.ts';
import type { Terminal } from './terminal.ts';

/** How long the lamp is lit and dark in turn while a press is waited for, ms. */
const BLINK_MS = 300;

/**
 * Takes the button as the kiosk does; with `press` it also waits for somebody to press it, the lamp blinking meanwhile.
 *
 * @throws KioskError as `openKeys`
 */
export async function buttonCheck(
  config: Config,
  terminal: Terminal,
  { press }: { readonly press: boolean },
): Promise<Check> {
  if (config.button === 'virtual') {
    return press
      ? checkOf('button', 'unknown', 'virtual only: there is none to press', 'Set KIOSK_BUTTON.')
      : checkOfButton({ driver: 'virtual', state: 'ready' });
  }
  let pressed: (place: string) => void = () => undefined;
  const { keys, reason } = await openKeys(config.button, async (name) => {
    const reader: KeyReader = new KeyReader({
      key: await hardwareKey(name, config, systemClock),
      clock: systemClock,
      times: gestureTimes(config),
      listener: {
        found: () => undefined,
        gesture: ({ type }) => {
          if (type === 'pressed') pressed(reader.place);
        },
        gone: () => undefined,
      },
    });
    await reader.start();
    return reader;
  });
  const driver = keys.map((key) => key.driver).join(' + ');
  try {
    if (!press) return checkOfButton({ driver, state: 'ready', reason });
    terminal.stderr.write(`Press the button now: ${BUTTON_TEST_MS / 1_000} seconds.\n`);
    const waiting = new Promise<string>((resolve) => {
      pressed = resolve;
    });
    const place = await withBlinkingLamp(config, () => atMost(BUTTON_TEST_MS, waiting));
    return place === undefined
      ? checkOf('button', 'failed', `${driver}: ${reason}. ${NO_PRESS.message}`, NO_PRESS.cure)
      : checkOf('button', 'ok', `pressed: ${place}`);
  } finally {
    for (const key of keys) await key.stop();
  }
}

async function atMost<T>(ms: number, waiting: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const cancel = systemClock.after(ms, () => {
      resolve(undefined);
    });
    void waiting.then(resolve).finally(cancel);
  });
}

/** A lamp that cannot be had is a finding of its own check; here it just stays dark. */
async function withBlinkingLamp<T>(config: Config, run: () => Promise<T>): Promise<T> {
  const lamp = await openLamp(config, systemClock).catch(() => undefined);
  let lit = false;
  let cancel = (): void => undefined;
  const blink = (): void => {
    lit = !lit;
    try {
      lamp?.light(lit);
    } catch {
      return;
    }
    cancel = systemClock.after(BLINK_MS, blink);
  };
  blink();
  try {
    return await run();
  } finally {
    cancel();
    await lamp?.stop();
  }
}
