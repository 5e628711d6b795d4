import { randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { UnlockToken } from './port.ts';

const TOKEN_BYTES = 32;

/** A few screens and programs; beyond that the oldest is locked. */
const MOST = 100;

/** An unlocked screen or program. */
export interface Unlock {
  /** Id of the operator, or `technician`. */
  readonly operator: string;
  readonly settings: boolean;
}

interface Held extends Unlock {
  readonly cancel: () => void;
}

/** The unlocks of this process, by token: none survives a restart. Each ends some time after its last use. */
export class Unlocks {
  readonly #clock: Clock;
  readonly #held = new Map<UnlockToken, Held>();
  readonly #ended = new Emitter<UnlockToken>();
  #idleMs: number;

  constructor(clock: Clock, idleMs: number) {
    this.#clock = clock;
    this.#idleMs = idleMs;
  }

  /** Applies from the next use of each. */
  setIdleMs(idleMs: number): void {
    this.#idleMs = idleMs;
  }

  onEnded(listener: (token: UnlockToken) => void): () => void {
    return this.#ended.on(listener);
  }

  open(unlock: Unlock): UnlockToken {
    const [oldest] = this.#held.keys();
    if (oldest !== undefined && this.#held.size >= MOST) this.end(oldest);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#hold(token, unlock);
    return token;
  }

  /** Whose it is, if it is valid; it then lasts longer. */
  use(token: UnlockToken | undefined): Unlock | undefined {
    const held = token === undefined ? undefined : this.#held.get(token);
    if (token === undefined || held === undefined) return undefined;
    this.#hold(token, held);
    return held;
  }

  /** Opens the settings too, or closes them. */
  setSettings(token: UnlockToken, settings: boolean): void {
    const held = this.#held.get(token);
    if (held !== undefined) this.#hold(token, { ...held, settings });
  }

  end(token: UnlockToken): void {
    const held = this.#held.get(token);
    if (held === undefined) return;
    held.cancel();
    this.#held.delete(token);
    this.#ended.emit(token);
  }

  endAll(which: (unlock: Unlock) => boolean = () => true): void {
    for (const [token, held] of [...this.#held]) if (which(held)) this.end(token);
  }

  #hold(token: UnlockToken, { operator, settings }: Unlock): void {
    this.#held.get(token)?.cancel();
    const cancel = this.#clock.after(this.#idleMs, () => {
      this.end(token);
    });
    this.#held.set(token, { operator, settings, cancel });
  }
}
