import { createHash } from 'node:crypto';

/** One row of the journal before it is sealed. */
export interface JournalEntry {
  /** Counts up from 1 without a gap. */
  readonly sequence: number;
  readonly bootId: string;
  /** Milliseconds by a clock that never goes back: the order inside one boot. */
  readonly monotonicMs: number;
  /** Milliseconds since 1970 by the wall clock; only as true as the board's. */
  readonly wallMs: number;
  readonly kind: string;
  readonly sessionId: string | null;
  /** Canonical JSON. */
  readonly body: string;
  /** Hash of the row before; `GENESIS` for the first. */
  readonly previousHash: string;
}

/** What the first row of every journal follows. */
export const GENESIS = '0'.repeat(64);

/**
 * Hex SHA-256 of the canonical JSON of all fields of an entry. Because the hash of the row before is one of them, a row that was
 * changed, removed or moved shows at the row behind it.
 */
export function hashOf(entry: JournalEntry): string {
  const { sequence, bootId, monotonicMs, wallMs, kind, sessionId, body, previousHash } = entry;
  const fields = { sequence, bootId, monotonicMs, wallMs, kind, sessionId, body, previousHash };
  return createHash('sha256').update(canonical(fields)).digest('hex');
}

/**
 * JSON without spaces and with the keys of every object in the order of their UTF-16 code units, so that equal values have equal
 * text. Numbers are written as JavaScript writes them (as in RFC 8785).
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
