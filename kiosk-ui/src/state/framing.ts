import { signal } from '@preact/signals';
import type { Framing } from '#protocol/framing.ts';

/** What a press now would find in the live image; `undefined` while unknown. */
export const framing = signal<Framing | undefined>(undefined);

/** A reason has to be reported this often in a row before it is shown: in between two reasons the words would flicker. */
const STEADY = 2;

let pending: string | undefined;
let times = 0;

function withReason({ focus, glare, hair }: Framing, reason: Framing['reason']): Framing {
  return {
    focus,
    ...(glare === undefined ? {} : { glare }),
    ...(hair === undefined ? {} : { hair }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The levels are shown at once, another reason only when it persists. */
export function showFraming(found: Framing | undefined): void {
  const shown = framing.value;
  if (found === undefined || shown === undefined) {
    pending = undefined;
    times = 0;
    framing.value = found;
    return;
  }
  times = found.reason === pending ? times + 1 : 1;
  pending = found.reason;
  if (found.reason === shown.reason || times >= STEADY) framing.value = found;
  else framing.value = withReason(found, shown.reason);
}
