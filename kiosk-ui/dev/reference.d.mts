import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../src/protocol/languages.ts';

export interface Walk {
  readonly language: Language;
  readonly size: readonly [number, number];
}

export const REFERENCE: string;
export const SHOWN: readonly string[];
export const WALKS: readonly Walk[];

export function photograph(
  browser: Browser,
  walk: Walk & { readonly words: object; readonly codes: object },
  keep: (name: string, png: Buffer, page: Page) => Promise<void>,
): Promise<void>;

export function pictureOf(page: Page): Promise<Buffer>;

export function fileOf(name: string, walk: Walk): string;

export function differenceOf(one: Buffer, other: Buffer): Promise<number>;
