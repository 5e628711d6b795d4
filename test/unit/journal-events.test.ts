import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import { silentLogger, type Logger } from '../../src/lib/logger.ts';
import type { JournalEvent } from '../../src/protocol/journal.ts';
import { journalBestEffort } from '../../src/store/best-effort.ts';
import { MemoryStore } from '../fakes/store.ts';
import { find, serviceSource, textsOf } from '../support/service-source.ts';

const PROTOCOL = 'src/protocol/journal.ts';

/** The kinds of the union, as `JournalBodies` lists them. */
function kindsOfUnion(source: readonly ts.SourceFile[]): readonly string[] {
  const protocol = source.find(({ fileName }) => fileName === PROTOCOL)!;
  const bodies = find(protocol, ts.isInterfaceDeclaration).find(({ name }) => name.text === 'JournalBodies')!;
  return bodies.members.map(({ name }) => (name as ts.StringLiteral | ts.Identifier).text);
}

/** The kinds of all event literals: objects with a `kind` and a `body`. */
function kindsWritten(source: readonly ts.SourceFile[]): ReadonlySet<string> {
  return new Set(
    source.flatMap((file) =>
      find(file, ts.isObjectLiteralExpression).flatMap(({ properties }) => {
        const kind = properties.find((property) => property.name?.getText() === 'kind');
        const body = properties.find((property) => property.name?.getText() === 'body');
        return body !== undefined && kind !== undefined && ts.isPropertyAssignment(kind)
          ? textsOf(kind.initializer)
          : [];
      }),
    ),
  );
}

describe('the events of the journal', () => {
  const source = serviceSource();
  const union = kindsOfUnion(source);
  const written = kindsWritten(source);

  it('are the 42 kinds ever written, under the names in existing journals', () => {
    expect([...union].sort()).toEqual([
      ...['assessment', 'board-warning', 'board-well', 'button-found', 'button-freed', 'button-gone'],
      ...['button-stuck', 'button-tested', 'disposition', 'exported', 'lesion-added', 'lesion-chosen'],
      ...['lesion-closed', 'lesion-moved', 'lesion-renamed', 'lesion-reopened'],
      ...[
        'operator-added',
        'operator-changed',
        'overview-gone',
        'overview-kept',
        'patient-described',
        'patients-merged',
      ],
      ...['picture-gone', 'picture-kept', 'pin-set', 'pin-wrong', 'press-ignored', 'reference-cleared'],
      ...['reference-corrected', 'reference-set', 'screen-cleared', 'session-assigned', 'session-closed'],
      ...['session-opened', 'session-rescored', 'setting-changed'],
      ...['setting-not-kept', 'settings-in-force', 'settings-unlocked', 'started'],
      ...['unlock-refused', 'unlocked'],
    ]);
  });

  it('are each written somewhere', () => {
    expect(union.filter((kind) => !written.has(kind))).toEqual([]);
  });

  it('are all in the union', () => {
    expect([...written].filter((kind) => !union.includes(kind))).toEqual([]);
  });

  it('do not compile with an unknown kind or the body of another kind', () => {
    // @ts-expect-error -- no such kind
    const unknown: JournalEvent = { kind: 'camera-lost', body: { driver: 'phantom' } };
    // @ts-expect-error -- the body of another kind
    const mixed: JournalEvent = { kind: 'pin-wrong', body: { driver: 'phantom' } };
    expect([unknown, mixed]).toHaveLength(2);
  });
});

describe('a best-effort journal row', () => {
  const event = { kind: 'button-gone', body: { driver: 'gpiod' } } as const;

  it('is written to the journal', () => {
    const store = new MemoryStore();
    journalBestEffort(store, silentLogger, event);
    expect(store.journal.at(-1)).toMatchObject({ kind: 'button-gone', body: '{"driver":"gpiod"}' });
  });

  it('that the disk rejects is only logged as an error', () => {
    const store = new MemoryStore();
    const lines: object[] = [];
    const log: Logger = { ...silentLogger, error: (fields) => lines.push(fields) };
    store.fail('store/full');
    journalBestEffort(store, log, event);
    expect(lines).toEqual([{ kind: 'button-gone', code: 'store/full', error: 'the test says so' }]);
  });

  it('that fails for another reason is logged as well', () => {
    const lines: object[] = [];
    const log: Logger = { ...silentLogger, error: (fields) => lines.push(fields) };
    const store = {
      append: () => {
        throw new KioskError('store/failed', 'there is no such session');
      },
    };
    journalBestEffort(store, log, event, 'nobody');
    expect(lines).toMatchObject([{ code: 'store/failed' }]);
  });
});
