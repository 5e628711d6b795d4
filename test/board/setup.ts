import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';
import { requireTools } from './tools.ts';

/** Files that QEMU is started with. */
export interface BoardParts {
  readonly kernel: string;
  readonly initrd: string;
  readonly disk: string;
  /** The current project on a separate disk, created for this run. */
  readonly second: string;
  /** When the run, build included, must end, by `Date.now`. */
  readonly deadline: number;
}

export interface Boards {
  /** Debian with systemd, and the project's packages to install; not built if only the unpackaged board runs. */
  readonly packaged?: BoardParts;
  /** The program copied into place, with our own script as init; not built for the reduced run. */
  readonly unpackaged?: BoardParts;
}

declare module 'vitest' {
  export interface ProvidedContext {
    boards: Boards;
  }
}

/** Time limit of a run, build included: whatever hangs, the run ends and says what it was waiting for. */
const RUN_LIMIT_MS = (process.env.KIOSK_BOARD_RUN === 'reduced' ? 25 : 60) * 60_000;

/** Builds the boards once for all test files, and provides their paths. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  requireTools(process.env.PATH ?? '');
  const deadline = Date.now() + RUN_LIMIT_MS;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'build.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: RUN_LIMIT_MS,
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number]>]);
  if (code !== 0) throw new Error('the boards could not be built');
  const built = Object.entries(JSON.parse(output) as Record<string, Omit<BoardParts, 'deadline'>>);
  project.provide('boards', Object.fromEntries(built.map(([name, parts]) => [name, { ...parts, deadline }])));
  return async () => {
    for (const [, { second }] of built) await rm(second, { force: true });
  };
}
