import type { Browser, Page } from 'playwright-core';

export function faultsOfLayoutOn(
  page: Page,
  options?: { readonly scrolls: boolean },
): Promise<readonly string[]>;

export function faultsOn(page: Page): Promise<readonly string[]>;

export function axeFaultsOn(page: Page): Promise<readonly string[]>;

export function lightFaultsOn(page: Page): Promise<readonly string[]>;

export function settled(page: Page): Promise<void>;

export function visit(
  browser: Browser,
  options: {
    readonly language: string;
    readonly languages?: readonly string[];
    readonly words: object;
    readonly codes: object;
    readonly size: readonly [number, number];
    readonly theme?: 'dark' | 'light';
    readonly wanted?: (name: string) => boolean;
    readonly reducedMotion?: 'reduce';
    readonly guarded?: boolean;
    readonly look: (page: Page, name: string, language: string) => Promise<void>;
    readonly complain: (problem: string) => void;
  },
): Promise<void>;
