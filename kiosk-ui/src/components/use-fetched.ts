import { useEffect, useState } from 'preact/hooks';
import type { Guard } from '../connection/guard.ts';
import { getJson, type FetchResult } from '../connection/http.ts';

/**
 * The service's response for `path`; `undefined` while it is pending.
 *
 * @param isAnswer the same function on every call
 */
export function useFetched<T>(path: string, isAnswer: Guard<T>): FetchResult<T> | undefined {
  const [got, set] = useState<{ readonly path: string; readonly answer: FetchResult<T> }>();
  useEffect(() => {
    const asked = new AbortController();
    void getJson(path, isAnswer, asked.signal).then((answer) => {
      if (!asked.signal.aborted) set({ path, answer });
    });
    return () => {
      asked.abort();
    };
  }, [path, isAnswer]);
  return got?.path === path ? got.answer : undefined;
}
