import { readFile } from 'node:fs/promises';

/** The text of a file, off the event loop. */
export type ReadText = (file: string) => Promise<string>;

export const readText: ReadText = (file) => readFile(file, 'utf8');
