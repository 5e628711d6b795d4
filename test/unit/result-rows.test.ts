import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/protocol/outcome.ts';
import { canonical } from '../../src/store/journal.ts';
import type { SessionRecord } from '../../src/store/port.ts';
import { RESULT_FIELDS } from '../../src/store/result-fields.ts';
import { closingBody, resultColumns, summaryOf, wholeOf, type SessionRow } from '../../src/store/rows.ts';
import { RECORDS } from '../contract/store-contract.ts';

const SESSION = {
  number: 7,
  id: 'a',
  source: 'camera',
  opened_wall_ms: 0,
  patient_id: null,
  lesion_id: null,
  disposition: 'unreviewed',
  clinician: null,
  opinion: null,
  histology: null,
  reference: null,
  site: null,
  label: null,
  contra_indications: null,
  closed: null,
  phototype: null,
  birth_year: null,
  clinician_by: null,
  histology_by: null,
  rescored: null,
  rescored_wall_ms: null,
} as const;
const HEAD = { id: 'a', number: 7, source: 'camera', openedAt: '1970-01-01T00:00:00.000Z' };

const RESULT = RECORDS.result('a') as Extract<SessionRecord, { outcome: 'result' }>;

function without(record: SessionRecord, ...fields: string[]): SessionRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => !fields.includes(field)),
  ) as SessionRecord;
}

/** One record of every outcome, and some with or without an optional field. */
const CASES: Readonly<Record<string, SessionRecord>> = {
  ...Object.fromEntries(Object.entries(RECORDS).map(([outcome, recordOf]) => [outcome, recordOf('a')])),
  'result without lesion or features': without(RESULT, 'lesion', 'hints'),
  'result at a stated prevalence, with a marked class': { ...RESULT, prevalence: 0.09, marked: ['mel', 'df'] },
  'withheld without a lesion': without(RECORDS.withheld('a'), 'lesion'),
  'retake because of the lesion': {
    ...{ id: 'a', outcome: 'retake', reason: 'hair', quality: RESULT.quality, timings: {} },
    lesion: { evidence: 0.9, hair: 0.2 },
  },
};

function rowOf(outcome: Outcome): SessionRow {
  const { session_id, ...result } = resultColumns('a', outcome);
  expect(session_id).toBe('a');
  return { ...SESSION, ...result };
}

describe('the row of a result', () => {
  it.each(Object.entries(CASES))('returns an outcome unchanged: %s', (_, record) => {
    const outcome = closingBody(record);
    expect({ id: 'a', ...outcome }).toEqual(record);
    expect(wholeOf(rowOf(outcome))).toEqual({ ...HEAD, ...outcome, disposition: 'unreviewed' });
  });

  it.each(Object.entries(CASES))('can be restored from its own output: %s', (_, record) => {
    const row = resultColumns('a', closingBody(record));
    const read = wholeOf({ ...SESSION, ...row }) as unknown as Outcome;
    expect(resultColumns('a', read)).toEqual(row);
  });

  it.each(Object.entries(RECORDS))(
    'of outcome %s has no field of another outcome, even if the record has all of them',
    (outcome, recordOf) => {
      const own = recordOf('a');
      const contra = { asked: ['bleeding'], found: [] };
      const stated = { prevalence: 0.2, marked: ['df'] };
      const everything = { ...RESULT, reason: 'unsure', contra, ...stated, ...own } as SessionRecord;
      const fields = Object.keys(closingBody(everything)).sort();
      const allowed = RESULT_FIELDS.filter(({ of }) => outcome in of).map(({ name }) => name);
      expect(fields).toEqual(allowed.sort());
      const scored = ['malignancy', 'threshold', 'statement', 'probabilities', 'prevalence', 'marked', 'hints'];
      expect(scored.filter((name) => fields.includes(name))).toEqual(outcome === 'result' ? scored : []);
      expect(resultColumns('a', everything)).toEqual(resultColumns('a', closingBody(everything)));
    },
  );

  it('has canonical JSON in its columns, like the journal', () => {
    const { probabilities, model, quality, timings, picture_sha256 } = resultColumns('a', RESULT);
    expect({ probabilities, model, quality, timings }).toEqual({
      probabilities: canonical(RESULT.probabilities),
      model: canonical(RESULT.model),
      quality: canonical(RESULT.quality),
      timings: canonical(RESULT.timings),
    });
    expect(picture_sha256).toBe(RESULT.pictureSha256);
  });

  it('is returned with its fields in a fixed order', () => {
    const row = rowOf(RESULT);
    const summary = [
      ...['id', 'number', 'source', 'openedAt', 'outcome', 'malignancy', 'threshold', 'statement'],
      ...['probabilities', 'disposition'],
    ];
    const detail = ['model', 'pictureSha256', 'quality', 'lesion', 'hints', 'timings'];
    expect(Object.keys(summaryOf(row))).toEqual(summary);
    expect(Object.keys(wholeOf(row))).toEqual([...summary, ...detail]);
    expect(Object.keys(wholeOf(rowOf(closingBody(RECORDS.fault('a')))))).toEqual([
      ...['id', 'number', 'source', 'openedAt', 'outcome', 'reason', 'disposition', 'timings'],
    ]);
  });
});
