import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, GENESIS, hashOf, type JournalEntry } from '../../src/store/journal.ts';

const ENTRY: JournalEntry = {
  sequence: 1,
  bootId: 'boot',
  monotonicMs: 12.5,
  wallMs: 1_767_225_600_000,
  kind: 'started',
  sessionId: null,
  body: '{}',
  previousHash: GENESIS,
};

describe('canonical JSON', () => {
  it('sorts the keys at every depth and leaves arrays unchanged', () => {
    expect(canonical({ b: [{ d: 1, c: 2 }, 'x'], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},"x"]}');
  });

  it('does not depend on the order of the keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(reversed)).toBe(canonical(value));
      }),
    );
  });

  it('parses to the original value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the hash of a journal row', () => {
  it('is the SHA-256 of the canonical JSON of its fields, so that anyone can verify it', () => {
    const text =
      '{"body":"{}","bootId":"boot","kind":"started","monotonicMs":12.5,' +
      `"previousHash":"${'0'.repeat(64)}","sequence":1,"sessionId":null,"wallMs":1767225600000}`;
    expect(hashOf(ENTRY)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  const changes: Partial<JournalEntry>[] = [
    { sequence: 2 },
    { bootId: 'boo' },
    { monotonicMs: 12.25 },
    { wallMs: 0 },
    { kind: 'stopped' },
    { sessionId: 'null' },
    { body: '[]' },
    { previousHash: 'f'.repeat(64) },
  ];

  it.each(changes)('changes with %j', (change) => {
    expect(hashOf({ ...ENTRY, ...change })).not.toBe(hashOf(ENTRY));
  });

  it('ignores properties that are not fields of the row', () => {
    const wider = { ...ENTRY, hash: 'anything' };
    expect(hashOf(wider)).toBe(hashOf(ENTRY));
  });
});
