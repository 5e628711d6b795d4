import type { LesionCapture } from '#protocol/lesion.ts';

/** The capture with the numbers of the model that scored its image last. */
export function withLatestNumbers(capture: LesionCapture): LesionCapture {
  const { rescored } = capture;
  if (rescored === undefined) return capture;
  const { id, number, openedAt, pictured, histology, diameterMm } = capture;
  return {
    ...{ id, number, openedAt, pictured, rescored },
    ...(histology === undefined ? {} : { histology }),
    ...(diameterMm === undefined ? {} : { diameterMm }),
    ...rescored,
    outcome: rescored.outcome === 'result' ? 'result' : 'withheld',
  };
}

/** Those whose number is of another model, and whose image the current one could score. */
export function ofAnotherModel(
  captures: readonly LesionCapture[],
  model: string | undefined,
): readonly LesionCapture[] {
  return model === undefined ? [] : captures.filter((capture) => capture.pictured && capture.model !== model);
}

/** Consecutive rows with the same key. */
export function runsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => unknown): readonly (readonly Row[])[] {
  const runs: Row[][] = [];
  let last: unknown;
  for (const row of rows) {
    const key = keyOf(row);
    const current = runs.at(-1);
    if (current !== undefined && key === last) current.push(row);
    else runs.push([row]);
    last = key;
  }
  return runs;
}

/** The borders between consecutive runs of places on an axis: midway between the last of one and the first of the next. */
export function bordersOf(runs: readonly (readonly { readonly x: number }[])[]): readonly number[] {
  return runs.slice(1).map((run, i) => ((runs[i]?.at(-1)?.x ?? 0) + (run[0]?.x ?? 0)) / 2);
}
