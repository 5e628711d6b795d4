import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { matchesHash, saltedHash } from '../lib/secret-hash.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import {
  BADGE_LENGTH,
  NAME_MAX,
  TECHNICIAN,
  type Credential,
  type NewOperator,
  type OperatorChange,
  type OperatorView,
  type UnlockState,
  type UnlockView,
} from '../protocol/operators.ts';
import { isFitPin, OPERATOR_PIN_LENGTH } from '../protocol/pin.ts';
import type { View } from '../protocol/view.ts';
import type { Pin } from '../settings/pin.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { OperatorRecord, OperatorStore, OperatorValues, SessionStore } from '../store/port.ts';
import { Attempts, type Attempted } from './attempts.ts';
import type { OperatorControl, UnlockToken } from './port.ts';
import { Unlocks } from './unlocks.ts';

/** An unlock ends after this time without use if the screen is never cleared, ms. */
const NEVER_IDLE_MS = 3_600_000;

/** Wrong PINs tolerated as typing errors with gloves. */
const FREE_PINS = 3;

/** Unknown codes tolerated: on a locked screen a patient's code is looked up among the badges too. */
const FREE_BADGES = 10;

export interface OperatorServiceOptions {
  /** False if nothing is ever locked. */
  readonly enabled: boolean;
  readonly badgePrefix: string;
  /** Time without use after which an unlock ends, ms; 0 if the screen is never cleared. */
  readonly idleMs: number;
  readonly pin: Pick<Pin, 'status' | 'try'>;
  readonly operators: OperatorStore;
  readonly store: Pick<SessionStore, 'append'>;
  readonly view: { current(): Pick<View, 'idle'>; onChange(listener: () => void): () => void };
  readonly clock: Clock;
  readonly log: Logger;
}

/** Who may open the log, the patients and the settings, and who has; everything is journalled by id. */
export class OperatorService implements OperatorControl, Service {
  readonly name = 'operators';
  readonly #options: OperatorServiceOptions;
  readonly #attempts: Attempts;
  readonly #unlocks: Unlocks;
  /** Until it is known: locked. */
  #required = true;
  #unsubscribe: () => void = () => undefined;

  constructor(options: OperatorServiceOptions) {
    this.#options = options;
    this.#attempts = new Attempts(options.clock);
    this.#unlocks = new Unlocks(options.clock, unlockMs(options.idleMs));
  }

  async start(): Promise<void> {
    const { view } = this.#options;
    this.#unsubscribe = view.onChange(() => {
      if (view.current().idle) this.#unlocks.endAll();
    });
    // A damaged PIN file is reported where it is needed; until then everything is locked.
    await this.isRequired().catch(() => undefined);
  }

  stop(): Promise<void> {
    this.#unsubscribe();
    this.#unlocks.endAll();
    return Promise.resolve();
  }

  async isRequired(): Promise<boolean> {
    const { enabled, operators, pin } = this.#options;
    const anyone = (): boolean => operators.all().some(({ active }) => active);
    this.#required = enabled && (anyone() || (await pin.status()).isSet);
    return this.#required;
  }

  wasRequired(): boolean {
    return this.#required;
  }

  async state(token: UnlockToken | undefined): Promise<UnlockState> {
    const { badgePrefix, pin } = this.#options;
    const active = this.#active();
    const required = await this.isRequired();
    const { isSet, waitMs } = await pin.status();
    const unlocked = this.holder(token);
    return {
      required,
      operators: active.map((operator) => ({
        id: operator.id,
        name: operator.name,
        pin: operator.pin !== undefined,
        waitMs: Math.ceil(this.#attempts.waitMs(this.#pinOf(operator))),
      })),
      badges: active.some(({ badge }) => badge !== undefined),
      badgePrefix,
      badgeWaitMs: Math.ceil(this.#attempts.waitMs(this.#badges())),
      pin: isSet,
      pinWaitMs: Math.ceil(waitMs),
      ...(unlocked === undefined ? {} : { unlocked }),
    };
  }

  holder(token: UnlockToken | undefined): UnlockView | undefined {
    const unlock = this.#unlocks.use(token);
    if (unlock === undefined) return undefined;
    const name = this.#options.operators.all().find(({ id }) => id === unlock.operator)?.name;
    return { ...unlock, ...(name === undefined ? {} : { name }) };
  }

  async unlock(credential: Credential, token?: UnlockToken): Promise<UnlockToken> {
    const holder = this.#unlocks.use(token);
    if ('badge' in credential) {
      const operator = await this.#byBadge(credential.badge, holder !== undefined);
      return this.#open(operator, 'badge', token);
    }
    if ('operator' in credential) {
      const operator = await this.#byPin(credential);
      return this.#open(operator, 'pin', token);
    }
    await this.#byTechnician(credential.pin);
    // The PIN takes time to check: the unlock may have ended meanwhile.
    if (token !== undefined && this.#unlocks.use(token) !== undefined && holder?.operator !== TECHNICIAN) {
      this.#unlocks.setSettings(token, true);
      return token;
    }
    return this.#open({ id: TECHNICIAN, settings: true }, 'pin', token);
  }

  lock(token: UnlockToken | undefined): void {
    if (token !== undefined) this.#unlocks.end(token);
  }

  closeSettings(token: UnlockToken | undefined): void {
    const holder = this.#unlocks.use(token);
    if (token === undefined || holder === undefined) return;
    if (holder.operator === TECHNICIAN) this.lock(token);
    else {
      const own = this.#active().find(({ id }) => id === holder.operator);
      this.#unlocks.setSettings(token, own?.settings === true);
    }
  }

  onLocked(listener: (token: UnlockToken) => void): () => void {
    return this.#unlocks.onEnded(listener);
  }

  /** The PIN of the settings was changed: whoever knew the previous one is locked out. */
  technicianChanged(): void {
    this.#required = this.#options.enabled;
    this.#unlocks.endAll(({ operator }) => operator === TECHNICIAN);
  }

  setIdleMs(idleMs: number): void {
    this.#unlocks.setIdleMs(unlockMs(idleMs));
  }

  list(): readonly OperatorView[] {
    return this.#options.operators.all().map(viewOf);
  }

  async add({ name, settings = false, badge, pin }: NewOperator, by: string): Promise<OperatorView> {
    if (badge === undefined && pin === undefined)
      throw new KioskError('request/invalid', 'an operator needs a badge or a PIN');
    const values = {
      name: nameIn(name),
      active: true,
      settings,
      ...(badge === undefined ? {} : { badge: await this.#badgeHash(this.#badgeIn(badge)) }),
      ...(pin === undefined ? {} : { pin: await saltedHash(pinIn(pin)) }),
    };
    const operator = this.#options.operators.add(values, by);
    await this.isRequired();
    return viewOf(operator);
  }

  async change(id: string, change: OperatorChange, by: string): Promise<OperatorView> {
    const name = change.name === undefined ? undefined : nameIn(change.name);
    const badge =
      typeof change.badge === 'string' ? await this.#badgeHash(this.#badgeIn(change.badge)) : undefined;
    const pin = typeof change.pin === 'string' ? await saltedHash(pinIn(change.pin)) : undefined;
    const operator = this.#options.operators.change(
      id,
      (now): OperatorValues => {
        const wanted = { badge: badge ?? now.badge, pin: pin ?? now.pin };
        return {
          name: name ?? now.name,
          active: change.active ?? now.active,
          settings: change.settings ?? now.settings,
          ...(change.badge === null || wanted.badge === undefined ? {} : { badge: wanted.badge }),
          ...(change.pin === null || wanted.pin === undefined ? {} : { pin: wanted.pin }),
        };
      },
      by,
    );
    const secret = change.badge !== undefined || change.pin !== undefined;
    if (secret || change.active === false || change.settings === false)
      this.#unlocks.endAll((unlock) => unlock.operator === id);
    await this.isRequired();
    return viewOf(operator);
  }

  #active(): readonly OperatorRecord[] {
    return this.#options.operators.all().filter(({ active }) => active);
  }

  /** @param unlocked then an unknown code is a patient's, not an attempt */
  async #byBadge(code: string, unlocked: boolean): Promise<OperatorRecord> {
    const find = async (): Promise<OperatorRecord | undefined> => {
      const hash = await this.#badgeHash(code.trim());
      return this.#active().find(({ badge }) => badge === hash);
    };
    const found = unlocked ? ((await find()) ?? 0) : await this.#attempts.try(this.#badges(), find);
    if (typeof found === 'object') return found;
    if (found > 0) this.#note({ kind: 'unlock-refused', body: { with: 'badge', failures: found } });
    throw new KioskError('badge/unknown', 'no active operator has this badge');
  }

  async #byPin({ operator: id, pin }: { operator: string; pin: string }): Promise<OperatorRecord> {
    const operator = this.#active().find((one) => one.id === id);
    const stored = operator?.pin;
    if (operator === undefined || stored === undefined)
      throw new KioskError('operator/unknown', 'no active operator with a PIN');
    const compare = async () => ((await matchesHash(pin, stored)) ? operator : undefined);
    const found = await this.#attempts.try(this.#pinOf(operator), compare);
    if (typeof found === 'object') return found;
    this.#note({ kind: 'unlock-refused', body: { operator: id, with: 'pin', failures: found } });
    throw new KioskError('pin/wrong', 'the PIN is wrong');
  }

  async #byTechnician(pin: string): Promise<void> {
    const failures = await this.#options.pin.try(pin);
    if (failures === 0) return;
    this.#note({ kind: 'pin-wrong', body: { failures } });
    throw new KioskError('pin/wrong', 'the PIN is wrong');
  }

  #open(
    { id, settings }: Pick<OperatorRecord, 'id' | 'settings'>,
    by: 'badge' | 'pin',
    previous: UnlockToken | undefined,
  ): UnlockToken {
    this.#options.store.append({ kind: 'unlocked', body: { operator: id, with: by } });
    this.lock(previous);
    return this.#unlocks.open({ operator: id, settings });
  }

  #pinOf({ id, failures }: OperatorRecord): Attempted {
    const { operators } = this.#options;
    return {
      ...{ key: id, failures, freeTries: FREE_PINS },
      count: (wrong) => {
        operators.countTry(id, wrong);
      },
    };
  }

  #badges(): Attempted {
    const { operators } = this.#options;
    const { failures } = operators.badgeReader();
    return {
      ...{ key: 'badge', failures, freeTries: FREE_BADGES },
      count: (wrong) => {
        operators.countBadgeTry(wrong);
      },
    };
  }

  async #badgeHash(code: string): Promise<string> {
    return (await saltedHash(code, this.#options.operators.badgeReader().salt)).hash;
  }

  #badgeIn(text: string): string {
    const code = text.trim();
    const { badgePrefix } = this.#options;
    const fits = code.length >= BADGE_LENGTH.least && code.length <= BADGE_LENGTH.most;
    if (!fits || !code.startsWith(badgePrefix))
      throw new KioskError('badge/unusable', 'too short, too long, or without the prefix');
    return code;
  }

  #note(event: JournalEvent): void {
    journalBestEffort(this.#options.store, this.#options.log, event);
  }
}

function unlockMs(idleMs: number): number {
  return idleMs === 0 ? NEVER_IDLE_MS : idleMs;
}

function nameIn(text: string): string {
  const name = text.trim().normalize('NFC');
  if (name === '' || name.length > NAME_MAX) throw new KioskError('request/invalid', 'not a name');
  return name;
}

function pinIn(pin: string): string {
  if (!isFitPin(pin, OPERATOR_PIN_LENGTH)) throw new KioskError('pin/weak', 'the PIN is too simple');
  return pin;
}

function viewOf({ id, name, active, settings, badge, pin }: OperatorRecord): OperatorView {
  return { id, name, active, settings, badge: badge !== undefined, pin: pin !== undefined };
}
