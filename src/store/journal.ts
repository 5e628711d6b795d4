import { createHash } from 'node:crypto';

/** A journal row before it is hashed. */
export interface JournalEntry {
  /** Counts up from 1 without gaps. */
  readonly sequence: number;
  readonly bootId: string;
  /** Milliseconds of a monotonic clock: the order within one boot. */
  readonly monotonicMs: number;
  /** Milliseconds since 1970 by the wall clock; only as accurate as the board's. */
  readonly wallMs: number;
  readonly kind: string;
  readonly sessionId: string | null;
  /** Canonical JSON. */
  readonly body: string;
  /** Hash of the previous row; `GENESIS` for the first. */
  readonly previousHash: string;
}

/** The predecessor of the first row of every journal. */
export const GENESIS = '0'.repeat(64);

/**
 * Hex SHA-256 of the canonical JSON of all fields of an entry. Because it includes the previous hash, modifying,
 * removing or moving a row breaks the chain at the next row.
 */
export function hashOf(entry: JournalEntry): string {
  const { sequence, bootId, monotonicMs, wallMs, kind, sessionId, body, previousHash } = entry;
  const fields = { sequence, bootId, monotonicMs, wallMs, kind, sessionId, body, previousHash };
  return createHash('sha256').update(canonical(fields)).digest('hex');
}

/**
 * JSON without spaces and with object keys sorted by UTF-16 code units, so that equal values have equal text. Numbers
 * are written as in JavaScript (as in RFC 8785).
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
