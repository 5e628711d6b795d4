import { useEffect } from 'preact/hooks';
import { dispatch } from './state.ts';

/** For a page on which something is being entered: a press, which may come from elsewhere, does not close it. */
export function useOccupied(): void {
  useEffect(() => {
    dispatch({ type: 'occupied', by: 1 });
    return () => {
      dispatch({ type: 'occupied', by: -1 });
    };
  }, []);
}
