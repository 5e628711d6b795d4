import type { Card } from '../../classifier/model/card.ts';

type Measured = Card['measured'][number];

/** Figures measured on the same images. */
export interface MeasuredOn {
  readonly on: string;
  readonly rows: readonly Measured[];
}

/** A figure on a subgroup of the headline set. */
export interface MeasuredIn {
  /** “age 40–59”. */
  readonly group: string;
  /** “871 pictures”. */
  readonly extent: string;
  readonly row: Measured;
}

/** The figures of a card, grouped by the images they were measured on. */
export interface Groups {
  /** The first set of images on the card. */
  readonly headline?: MeasuredOn;
  /** Other sets of images with several figures. */
  readonly sets: readonly MeasuredOn[];
  /** Figures of sets of images with a single figure. */
  readonly single: readonly Measured[];
  /** Subgroups of the headline set, by the name of the figure. */
  readonly subgroups: ReadonlyMap<string, readonly MeasuredIn[]>;
}

/**
 * A card has no field for subgroups: they are recognised by the text of their set, “SET, GROUP: EXTENT” (`figures.py`).
 */
export function groupsOf(measured: readonly Measured[]): Groups {
  const on = new Map<string, Measured[]>();
  const subgroups = new Map<string, MeasuredIn[]>();
  const headline = measured[0]?.on;
  for (const row of measured) {
    const part = headline === undefined ? undefined : partOf(row, headline);
    if (part === undefined) collect(on, row.on, row);
    else collect(subgroups, row.name, part);
  }
  const [first, ...others] = [...on].map(([set, rows]) => ({ on: set, rows }));
  return {
    ...(first === undefined ? {} : { headline: first }),
    sets: others.filter(({ rows }) => rows.length > 1),
    single: others.filter(({ rows }) => rows.length === 1).flatMap(({ rows }) => rows),
    subgroups,
  };
}

/** The name of a set, without the number of its images. */
export function setOf(on: string): string {
  return on.split(':', 1)[0] ?? on;
}

function partOf(row: Measured, headline: string): MeasuredIn | undefined {
  const [, group, extent] = /^, (.+): ([^:]+)$/.exec(row.on.slice(setOf(headline).length)) ?? [];
  const isPart = row.on.startsWith(setOf(headline));
  return isPart && group !== undefined && extent !== undefined ? { group, extent, row } : undefined;
}

function collect<T>(into: Map<string, T[]>, key: string, item: T): void {
  const items = into.get(key);
  if (items === undefined) into.set(key, [item]);
  else items.push(item);
}
