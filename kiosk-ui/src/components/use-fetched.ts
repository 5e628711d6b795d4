import { useEffect, useState } from 'preact/hooks';
import { getJson, type FetchResult } from '../connection/http.ts';

/** What the service answers to `path`; `undefined` until it does, and again while another path is asked. */
export function useFetched<T>(path: string): FetchResult<T> | undefined {
  const [got, set] = useState<{ readonly path: string; readonly answer: FetchResult<T> }>();
  useEffect(() => {
    const asked = new AbortController();
    void getJson<T>(path, asked.signal).then((answer) => {
      if (!asked.signal.aborted) set({ path, answer });
    });
    return () => {
      asked.abort();
    };
  }, [path]);
  return got?.path === path ? got.answer : undefined;
}
