import { randomUUID } from 'node:crypto';
import { KioskError } from '../lib/errors.ts';
import { newSalt, type SaltedHash } from '../lib/secret-hash.ts';
import type { JournalBodies, JournalEvent } from '../protocol/journal.ts';
import type { BadgeReader, OperatorRecord, OperatorStore, OperatorValues } from './port.ts';

interface OperatorRow {
  readonly id: string;
  readonly name: string;
  readonly active: number;
  readonly settings: number;
  readonly badge: string | null;
  readonly pin: string | null;
  readonly failures: number;
}

/** Prepared statements of the operators. */
export interface OperatorStatements {
  readonly operators: { all(): readonly OperatorRow[] };
  readonly insertOperator: { run(row: object): unknown };
  readonly updateOperator: { run(row: object): unknown };
  readonly countOperatorTry: { run(failures: number, id: string): unknown };
  readonly badgeReader: { get(): BadgeReader | undefined };
  readonly insertBadgeReader: { run(salt: string): unknown };
  readonly countBadgeTry: { run(failures: number): unknown };
}

/** A transaction of the store, including the journal. */
export type OperatorWrite = <T>(
  run: (statements: OperatorStatements, journal: (event: JournalEvent) => void) => T,
) => T;

export class SqliteOperators implements OperatorStore {
  readonly #read: <T>(run: (statements: OperatorStatements) => T) => T;
  readonly #write: OperatorWrite;

  constructor(read: <T>(run: (statements: OperatorStatements) => T) => T, write: OperatorWrite) {
    this.#read = read;
    this.#write = write;
  }

  all(): readonly OperatorRecord[] {
    return this.#read(({ operators }) => operators.all().map(recordOf));
  }

  add(values: OperatorValues, by: string): OperatorRecord {
    return this.#write(({ operators, insertOperator }, journal) => {
      requireFree(operators.all(), values);
      const record = { id: randomUUID(), failures: 0, ...values };
      insertOperator.run(rowOf(record));
      const { id: operator, settings, badge, pin } = record;
      const body = { operator, by, settings, badge: badge !== undefined, pin: pin !== undefined };
      journal({ kind: 'operator-added', body });
      return record;
    });
  }

  change(id: string, change: (now: OperatorRecord) => OperatorValues, by: string): OperatorRecord {
    return this.#write(({ operators, updateOperator }, journal) => {
      const rows = operators.all();
      const row = rows.find((one) => one.id === id);
      if (row === undefined) throw new KioskError('operator/unknown', 'there is no such operator');
      const before = recordOf(row);
      const after = { ...change(before), id, failures: before.failures };
      requireFree(
        rows.filter((one) => one.id !== id),
        after,
      );
      // A new PIN starts without the wrong attempts on the old one.
      const failures = after.pin === before.pin ? before.failures : 0;
      updateOperator.run(rowOf({ ...after, failures }));
      const changed = {
        ...(before.name === after.name ? {} : { name: true as const }),
        ...(before.badge === after.badge ? {} : { badge: after.badge !== undefined }),
        ...(before.pin === after.pin ? {} : { pin: after.pin !== undefined }),
        ...(before.active === after.active ? {} : { active: after.active }),
        ...(before.settings === after.settings ? {} : { settings: after.settings }),
      };
      if (Object.keys(changed).length > 0)
        journal({ kind: 'operator-changed', body: { operator: id, by, ...changed } });
      return { ...after, failures };
    });
  }

  countTry(id: string, failures: number): void {
    this.#write(({ countOperatorTry }) => {
      countOperatorTry.run(failures, id);
    });
  }

  badgeReader(): BadgeReader {
    const reader = this.#read(({ badgeReader }) => badgeReader.get());
    if (reader !== undefined) return reader;
    const salt = newSalt();
    this.#write(({ insertBadgeReader }) => {
      insertBadgeReader.run(salt);
    });
    return { salt, failures: 0 };
  }

  countBadgeTry(failures: number): void {
    this.#write(({ countBadgeTry }) => {
      countBadgeTry.run(failures);
    });
  }
}

/** The columns of an operator that the journal determines. */
export interface OperatorColumns {
  readonly id: string;
  readonly active: number;
  readonly settings: number;
  readonly has_badge: number;
  readonly has_pin: number;
}

export function newOperatorColumns(body: JournalBodies['operator-added']): OperatorColumns {
  const { operator: id, settings, badge, pin } = body;
  return { id, active: 1, settings: Number(settings), has_badge: Number(badge), has_pin: Number(pin) };
}

export function changedOperatorColumns(
  before: OperatorColumns,
  { active, settings, badge, pin }: JournalBodies['operator-changed'],
): OperatorColumns {
  return {
    id: before.id,
    active: active === undefined ? before.active : Number(active),
    settings: settings === undefined ? before.settings : Number(settings),
    has_badge: badge === undefined ? before.has_badge : Number(badge),
    has_pin: pin === undefined ? before.has_pin : Number(pin),
  };
}

function requireFree(others: readonly OperatorRow[], { name, badge }: OperatorValues): void {
  const taken = others.some(
    (one) => one.name.toLowerCase() === name.toLowerCase() || (badge !== undefined && one.badge === badge),
  );
  if (taken) throw new KioskError('operator/taken', 'another operator has this name or badge');
}

function recordOf({ id, name, active, settings, badge, pin, failures }: OperatorRow): OperatorRecord {
  return {
    id,
    name,
    active: active === 1,
    settings: settings === 1,
    failures,
    ...(badge === null ? {} : { badge }),
    ...(pin === null ? {} : { pin: JSON.parse(pin) as SaltedHash }),
  };
}

function rowOf({ id, name, active, settings, badge, pin, failures }: OperatorRecord): OperatorRow {
  return {
    id,
    name,
    active: Number(active),
    settings: Number(settings),
    badge: badge ?? null,
    pin: pin === undefined ? null : JSON.stringify(pin),
    failures,
  };
}
