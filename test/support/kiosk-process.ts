import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { View } from '../../src/protocol/view.ts';
import { until } from './until.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'kiosk.js');

/** The environment of a test's kiosk: that of this process, without settings from a developer's shell. */
function cleanEnvironment(settings: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(KIOSK_|PORT$|NODE_OPTIONS$|VITEST)/.test(name),
  );
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...settings };
}

/** The small model on the engine that loads faster, for tests that do not depend on either. */
export const QUICK_MODEL = { KIOSK_MODEL: 'seed-cnn', KIOSK_ENGINE: 'onnxruntime' };

/** Ready in a quarter of the time of a kiosk with its defaults: that model, and small images. */
const QUICK = {
  ...QUICK_MODEL,
  ...{ KIOSK_CAMERA_WIDTH: '640', KIOSK_CAMERA_HEIGHT: '480', KIOSK_CAMERA_FPS: '10' },
  // A machine that is busy with other tests starts and draws slowly.
  KIOSK_CAMERA_STALLED_MS: '20000',
};

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one `kiosk` command line to its end, as a user would. */
export async function kiosk(
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [launcher, ...args], {
    env: cleanEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

/** A kiosk on a free port and an empty data folder of its own. */
export class KioskProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly #child: ChildProcess;
  readonly #stderr: () => string;
  /** Its children when it was ended: one that a test has suspended does not notice that its parent is gone. */
  #children: readonly Child[] = [];

  private constructor(child: ChildProcess, url: string, dataDir: string, stderr: () => string) {
    this.#child = child;
    this.url = url;
    this.dataDir = dataDir;
    this.#stderr = stderr;
  }

  /** With the small model on onnxruntime and a small phantom, for tests that do not depend on them. */
  static start(settings: Record<string, string> = {}, program?: readonly string[]): Promise<KioskProcess> {
    return KioskProcess.startAsShipped({ ...QUICK, ...settings }, program);
  }

  /**
   * With the default model, engine and camera, for tests of these.
   *
   * @param program instead of `kiosk start`; it prints the URL in the same format
   */
  static async startAsShipped(
    settings: Record<string, string> = {},
    program: readonly string[] = [launcher, 'start'],
  ): Promise<KioskProcess> {
    const dataDir = settings.KIOSK_DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'kiosk-test-')));
    const child = spawn(process.execPath, program, {
      env: cleanEnvironment({
        KIOSK_PORT: '0',
        KIOSK_LOG_LEVEL: 'warn',
        // A press is followed by its result; tests of the questions switch them on.
        KIOSK_ASK_CONTRAINDICATIONS: 'off',
        // Likewise tests of the guide.
        KIOSK_GUIDE: 'false',
        ...settings,
        KIOSK_DATA_DIR: dataDir,
      }),
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const stderr = collect(child.stderr);
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr.on('data', () => {
        const match = /The kiosk is running at (http:\S+)/.exec(stderr());
        if (match?.[1] !== undefined) resolve(match[1]);
      });
      child.once('exit', (code) => {
        reject(new Error(`the kiosk ended with ${String(code)} before it was up: ${stderr()}`));
      });
    });
    return new KioskProcess(child, url, dataDir, stderr);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  stderr(): string {
    return this.#stderr();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Its current child processes; `program` is a part of the command line, such as `classifier/process/main.js`. */
  children(program = ''): readonly number[] {
    return childrenOf(this.pid)
      .filter(({ command }) => command.includes(program))
      .map(({ pid }) => pid);
  }

  /** Ends it with a signal and waits for its exit. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    const started = performance.now();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#children = childrenOf(this.pid);
      const exit = once(this.#child, 'exit');
      this.#child.kill(signal);
      await exit;
    }
    return { code: this.#child.exitCode, ms: performance.now() - started };
  }

  /** Ends it and its children if need be, and removes its data. */
  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    for (const { pid, command } of this.#children) {
      if (command !== '' && commandOf(pid) === command) process.kill(pid, 'SIGKILL');
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Waits until a press can succeed, by polling the kiosk rather than for a fixed time. */
  async untilReady(): Promise<void> {
    let missing = '';
    await until(
      () => missing,
      async () => {
        const { model, camera } = (await this.json<View>('/api/view')).body;
        if (model.state === 'none') throw new Error(model.reason);
        missing = `the model is ${model.state}, the camera ${camera.state}`;
        return model.state === 'ready' && camera.state === 'live';
      },
    );
  }

  async json<T>(path: string, init?: RequestInit): Promise<{ status: number; body: T }> {
    const response = await fetch(new URL(path, this.url), init);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }
}

interface Child {
  readonly pid: number;
  readonly command: string;
}

/** None if there is no /proc. */
function childrenOf(pid: number): readonly Child[] {
  return read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => ({ pid: Number(text), command: commandOf(Number(text)) }));
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** Empty for a process that is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
