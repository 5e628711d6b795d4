import { useEffect, useState } from 'preact/hooks';
import { getJson, type FetchResult } from '../connection/http.ts';

/** The service's response for `path`; `undefined` while it is pending. */
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
