import { openKeys, type HardwareName } from '../button/opening.ts';
import { KeyReader } from '../button/reader.ts';
import { gestureTimes } from '../button/press-policy.ts';
import { checkOf } from '../diagnostics/check.ts';
import { buttonCheck as checkOfButton } from '../diagnostics/device-checks.ts';
import type { Config } from '../config/schema.ts';
import type { Key } from '../button/port.ts';
import type { Lamp } from '../lamp/port.ts';
import type { Clock } from '../lib/clock.ts';
import { BUTTON_TEST_MS, NO_PRESS, type Check } from '../protocol/diagnostics.ts';
import type { Terminal } from './terminal.ts';

/** On and off time of the blinking lamp while waiting for a press, ms. */
const BLINK_MS = 300;

interface Parts {
  readonly config: Config;
  /** Whether to wait for a press. */
  readonly press: boolean;
  readonly makeKey: (name: HardwareName) => Promise<Key>;
  /** As `openLamp` of the drivers. */
  readonly openLamp: () => Promise<Lamp | undefined>;
  readonly clock: Clock;
  readonly terminal: Pick<Terminal, 'stderr'>;
}

/**
 * Opens the button as the kiosk does; with `press` it also waits for a press while the lamp blinks.
 *
 * @throws KioskError as `openKeys`
 */
export async function buttonCheck(parts: Parts): Promise<Check> {
  const { config, press, makeKey, clock, terminal } = parts;
  if (config.button === 'virtual') {
    return press
      ? {
          ...checkOf('button', 'unknown', 'virtual only: there is no button to press'),
          cure: 'Set KIOSK_BUTTON.',
        }
      : checkOfButton({ driver: 'virtual', state: 'ready' });
  }
  let pressed: (location: string) => void = () => undefined;
  const { keys, reason } = await openKeys(config.button, async (name) => {
    const reader: KeyReader = new KeyReader({
      key: await makeKey(name),
      clock,
      times: gestureTimes(config),
      listener: {
        found: () => undefined,
        gesture: ({ type }) => {
          if (type === 'pressed') pressed(reader.location);
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
    terminal.stderr.write(`Press the button within ${BUTTON_TEST_MS / 1_000} seconds.\n`);
    const waiting = new Promise<string>((resolve) => {
      pressed = resolve;
    });
    const location = await withBlinkingLamp(parts, () => atMost(BUTTON_TEST_MS, waiting, clock));
    return location === undefined
      ? {
          ...checkOf('button', 'failed', `${driver}: ${reason}. ${NO_PRESS.message}`),
          cure: NO_PRESS.cure,
        }
      : checkOf('button', 'ok', `pressed: ${location}`);
  } finally {
    for (const key of keys) await key.stop();
  }
}

async function atMost<T>(ms: number, waiting: Promise<T>, clock: Clock): Promise<T | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => {
      resolve(undefined);
    });
    void waiting.then(resolve).finally(cancel);
  });
}

/** An unavailable lamp is reported by its own check; here it just stays dark. */
async function withBlinkingLamp<T>({ openLamp, clock }: Parts, run: () => Promise<T>): Promise<T> {
  const lamp = await openLamp().catch(() => undefined);
  let lit = false;
  let cancel = (): void => undefined;
  const blink = (): void => {
    lit = !lit;
    try {
      lamp?.light(lit);
    } catch {
      return;
    }
    cancel = clock.after(BLINK_MS, blink);
  };
  blink();
  try {
    return await run();
  } finally {
    cancel();
    await lamp?.stop();
  }
}
