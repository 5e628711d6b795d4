import { VirtualKey } from './drivers/virtual.ts';
import { ButtonTest, type TestPress } from './button-test.ts';
import type { Gesture } from './gestures.ts';
import { openKeys, type HardwareName, type Opened } from './opening.ts';
import type { Key } from './port.ts';
import { gestureTimes, PressPolicy } from './press-policy.ts';
import { KeyReader } from './reader.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { ButtonView } from '../protocol/view.ts';
import type { SessionControl } from '../session/port.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { SessionStore } from '../store/port.ts';

/** Retry interval for a button that is unavailable, ms. */
const RETRY_MS = 15_000;

export interface ButtonServiceOptions {
  readonly config: Pick<Config, 'button' | 'buttonDebounceMs' | 'buttonLongPressMs'>;
  readonly makeKey: (name: HardwareName) => Promise<Key>;
  readonly session: SessionControl;
  readonly store: Pick<SessionStore, 'append'>;
  /** Responds to a press that does not start anything yet. */
  readonly blink: () => void;
  readonly view: { setButton(button: ButtonView): void };
  readonly clock: Clock;
  readonly log: Logger;
  /** In place of the usual time within which a second press does not count, ms; measurements only. */
  readonly doublePressMs?: number | undefined;
}

/** The problem of one key. */
type Trouble = 'stuck' | { readonly gone: string };

/**
 * Interprets presses. On the live preview a press captures immediately. Over a result, a retake or a fault it captures
 * when released, and holding it leaves what is shown. Without a hardware button the kiosk runs by touch and says so.
 */
export class ButtonService implements Service {
  readonly name = 'buttons';
  readonly #options: ButtonServiceOptions;
  readonly #virtual = new VirtualKey();
  readonly #virtualReader: KeyReader;
  #hardware: Opened<KeyReader> = { keys: [], reason: '' };
  readonly #troubles = new Map<KeyReader, Trouble>();
  /** The key whose press is still undecided. */
  #held: KeyReader | undefined;
  readonly #policy: PressPolicy;
  readonly #test: ButtonTest;
  /** The outcome of the virtual button's current press. */
  #answer: { readonly id: string } | KioskError | undefined;
  #stopped = false;
  #wanted: Config['button'];
  #opening: Promise<void> = Promise.resolve();
  #cancelRetry: () => void = () => undefined;

  constructor(options: ButtonServiceOptions) {
    this.#options = options;
    this.#wanted = options.config.button;
    this.#policy = new PressPolicy(options);
    this.#test = new ButtonTest(options.clock);
    this.#virtualReader = this.#readerOf(this.#virtual);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    await this.#virtualReader.start();
    this.#opening = this.#open();
    await this.#opening;
  }

  /** Switches to another driver; anything waiting for the previous one ends. */
  async use(button: Config['button']): Promise<void> {
    await this.stop();
    await this.#opening;
    this.#held = undefined;
    this.#troubles.clear();
    this.#wanted = button;
    await this.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    this.#test.settle(undefined);
    const { keys } = this.#hardware;
    this.#hardware = { keys: [], reason: '' };
    for (const reader of [...keys, this.#virtualReader]) await reader.stop();
  }

  /**
   * A press by software: the on-screen button, `POST /api/press`, SIGUSR2. The rules of the hardware button apply.
   *
   * @throws KioskError `session/repeated-press` for the second press of a double press; `session/busy` during a
   *   session or a button test; as `SessionControl.press`
   */
  press(): { readonly id: string } {
    this.#answer = undefined;
    this.#virtual.press(this.#options.clock.monotonic());
    const answer = this.#answer as { readonly id: string } | KioskError | undefined;
    if (answer === undefined) throw new KioskError('session/aborted', 'the kiosk is being stopped');
    if (answer instanceof KioskError) throw answer;
    return answer;
  }

  /**
   * Waits for the next press of any key, which then starts no session.
   *
   * @returns `undefined` if there was none in time, or nobody waits any more
   */
  nextPress(timeoutMs: number, signal: AbortSignal): Promise<TestPress | undefined> {
    return this.#stopped ? Promise.resolve(undefined) : this.#test.nextPress(timeoutMs, signal);
  }

  async #open(): Promise<void> {
    const { makeKey, log, clock } = this.#options;
    const wanted = this.#wanted;
    if (wanted === 'virtual') {
      this.#show();
      return;
    }
    try {
      this.#hardware = await openKeys(wanted, async (name) => {
        const reader = this.#readerOf(await makeKey(name));
        await reader.start();
        return reader;
      });
      if (this.#stopped) {
        await this.stop();
        return;
      }
      log.info({ button: this.#hardware.reason }, 'button ready');
      this.#show();
    } catch (error) {
      this.#reportMissing(codeOf(error), describe(error));
      if (!this.#stopped)
        this.#cancelRetry = clock.after(RETRY_MS, () => {
          this.#opening = this.#open();
        });
    }
  }

  /** Reported once as long as the reason stays the same. */
  #reportMissing(code: string, reason: string): void {
    if (reason === this.#hardware.reason) return;
    this.#options.log.warn({ code, error: reason }, 'no hardware button: touch only');
    this.#hardware = { keys: [], reason };
    this.#show();
  }

  #readerOf(key: Key): KeyReader {
    const { config, clock, doublePressMs } = this.#options;
    const reader: KeyReader = new KeyReader({
      key,
      clock,
      times: gestureTimes(config, doublePressMs),
      listener: {
        found: () => {
          if (this.#troubles.delete(reader))
            this.#recordChange(reader, { kind: 'button-found', body: { driver: reader.driver } });
        },
        gesture: (gesture) => {
          this.#handleGesture(reader, gesture);
        },
        gone: (reason) => {
          if (this.#held === reader) this.#held = undefined;
          this.#troubles.set(reader, { gone: reason });
          this.#recordChange(reader, { kind: 'button-gone', body: { driver: reader.driver } });
        },
      },
    });
    return reader;
  }

  #handleGesture(reader: KeyReader, { type, at }: Gesture): void {
    switch (type) {
      case 'pressed':
        if (this.#test.isUnderWay) this.#showPress(reader);
        // A software press has no duration: it cannot become a long press.
        else if (reader !== this.#virtualReader && this.#policy.waitsForRelease()) this.#hold(reader);
        else this.#capture(at);
        break;
      case 'released':
        if (this.#release(reader)) this.#capture(at);
        break;
      case 'long':
        if (this.#release(reader)) this.#policy.leave();
        break;
      case 'repeated':
        this.#options.blink();
        this.#answer = new KioskError('session/repeated-press', 'the second press of a double press');
        this.#journal({ kind: 'press-ignored', body: { source: 'camera', reason: 'double-press' } });
        break;
      case 'stuck':
        this.#troubles.set(reader, 'stuck');
        this.#recordChange(reader, { kind: 'button-stuck', body: { driver: reader.driver } });
        break;
      case 'freed':
        this.#troubles.delete(reader);
        this.#recordChange(reader, { kind: 'button-freed', body: { driver: reader.driver } });
    }
  }

  #showPress({ driver, location }: KeyReader): void {
    this.#options.blink();
    this.#journal({ kind: 'button-tested', body: { driver } });
    this.#answer = new KioskError('session/busy', 'the button is being tested');
    this.#test.settle({ driver, location });
  }

  #hold(reader: KeyReader): void {
    this.#options.blink();
    this.#held = reader;
    this.#show();
  }

  /** Whether its press was undecided. */
  #release(reader: KeyReader): boolean {
    if (this.#held !== reader) return false;
    this.#held = undefined;
    this.#show();
    return true;
  }

  /**
   * During a session the session responds to a press (a blink, a journal row); for a hardware key this is not an error.
   */
  #capture(at: number): void {
    try {
      this.#answer = this.#policy.capture(at);
    } catch (error) {
      this.#answer =
        error instanceof KioskError
          ? error
          : new KioskError('internal/error', describe(error), { cause: error });
      this.#options.log.debug({ code: codeOf(error) }, 'press ignored');
    }
  }

  #recordChange(reader: KeyReader, event: JournalEvent): void {
    const fields = { kind: event.kind, location: reader.location, trouble: this.#troubles.get(reader) };
    this.#options.log.warn(fields, 'button state changed');
    this.#journal(event);
    this.#show();
  }

  #journal(event: JournalEvent): void {
    journalBestEffort(this.#options.store, this.#options.log, event);
  }

  #show(): void {
    this.#options.view.setButton(this.#current());
  }

  #current(): ButtonView {
    const { keys, reason } = this.#hardware;
    const button = this.#wanted;
    const held = this.#held === undefined ? {} : { held: true as const };
    if (button === 'virtual') return { driver: button, state: 'ready', ...held };
    const driver = keys.map((reader) => reader.driver).join(' + ') || button;
    const stuck = keys.filter((reader) => this.#troubles.get(reader) === 'stuck');
    if (stuck.length > 0)
      return { driver, state: 'stuck', reason: stuck.map(({ location }) => location).join(', ') };
    const gone = keys.flatMap((reader) => {
      const trouble = this.#troubles.get(reader);
      return typeof trouble === 'object' ? [trouble.gone] : [];
    });
    const why = [reason, ...gone].join('; ');
    return gone.length === keys.length
      ? { driver, state: 'touch-only', reason: why }
      : { driver, state: 'ready', reason: why, ...held };
  }
}
