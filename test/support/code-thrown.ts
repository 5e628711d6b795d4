import { codeOf } from '../../src/lib/errors.ts';

/** The code of what a function throws; `nothing` if it does not. */
export function codeThrownBy(run: () => unknown): string {
  try {
    run();
    return 'nothing';
  } catch (error) {
    return codeOf(error);
  }
}
