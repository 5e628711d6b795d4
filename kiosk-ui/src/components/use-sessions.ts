import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionPage, SessionSummary } from '#protocol/http.ts';
import { isSessionPage } from '../connection/answers.ts';
import { getJson, type FetchResult } from '../connection/http.ts';

/** Rows that are read at a time while somebody scrolls: a few screens. */
const PAGE = 50;
/** Rows that one answer can have. */
const LARGEST_PAGE = 200;

type Failed = Extract<FetchResult<SessionPage>, { ok: false }>;

interface Held {
  readonly query: string;
  /** `undefined` until the first ones have arrived. */
  readonly rows?: readonly SessionSummary[];
  readonly next?: number | undefined;
  readonly failed?: Failed;
}

export interface Sessions extends Omit<Held, 'query'> {
  /** Reads the next older ones. */
  readonly more: () => void;
  /** Reads the same rows again: one of them may have been changed. */
  readonly refresh: () => void;
}

/** The sessions of the log that match a query, newest first, read as far as somebody has scrolled. */
export function useSessions(query: string): Sessions {
  const [held, hold] = useState<Held>({ query });
  /** The request under way, of which there is one at a time. */
  const reading = useRef<AbortController | undefined>(undefined);

  /** Adds the next `count` rows to those already there; a failure leaves what is shown. */
  const read = async (onto: Held, count: number): Promise<void> => {
    reading.current?.abort();
    const now = new AbortController();
    reading.current = now;
    const answer = await readRows(onto, count, now.signal);
    if (now.signal.aborted) return;
    reading.current = undefined;
    hold((shown) => ('failed' in answer && shown.query === query ? { ...shown, ...answer } : answer));
  };

  useEffect(() => {
    void read({ query }, PAGE);
    return () => {
      reading.current?.abort();
      reading.current = undefined;
    };
  }, [query]);

  const current: Held = held.query === query ? held : { query };
  return {
    ...current,
    more: () => {
      if (current.next !== undefined && reading.current === undefined) void read(current, PAGE);
    },
    refresh: () => {
      void read({ query }, Math.max(PAGE, current.rows?.length ?? 0));
    },
  };
}

async function readRows(onto: Held, count: number, signal: AbortSignal): Promise<Held> {
  const { query } = onto;
  const rows = [...(onto.rows ?? [])];
  const wanted = rows.length + count;
  let { next } = onto;
  do {
    const limit = Math.min(wanted - rows.length, LARGEST_PAGE);
    const before = next === undefined ? '' : `&before=${next}`;
    const answer = await getJson(`/api/sessions?limit=${limit}${before}&${query}`, isSessionPage, signal);
    if (!answer.ok) return { query, failed: answer };
    rows.push(...answer.value.sessions);
    ({ next } = answer.value);
  } while (next !== undefined && rows.length < wanted);
  return { query, rows, next };
}
