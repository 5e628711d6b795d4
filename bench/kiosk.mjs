// A kiosk as it ships, for measurements: a separate process on a free port with an empty data folder, and a screen without pixels.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';

const LAUNCHER = new URL('../bin/kiosk.js', import.meta.url).pathname;
/** Takes presses as fast as they come. */
const UNLIMITED = new URL('../test/support/unlimited-kiosk.mjs', import.meta.url).pathname;
/** Collects garbage all the time, so that what memory grows by is in use. */
const COLLECTING = new URL('collect-garbage.mjs', import.meta.url);
const COLLECTING_INFERENCE = new URL('collecting-inference.mjs', import.meta.url).pathname;
const COLLECTING_PROGRAM = ['--import', COLLECTING.href, UNLIMITED, COLLECTING_INFERENCE];

/** Longest wait for a View, ms. */
const VIEW_LIMIT_MS = 60_000;

/**
 * @param settings by variable; the shell's own KIOSK_ variables are not inherited
 * @param options `unlimited`: without the limit on writes and the guard against double presses; `collecting`: that, and both processes
 *   collect garbage every few seconds
 */
export async function startKiosk(settings = {}, { unlimited = false, collecting = false } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(KIOSK_|PORT$|NODE_OPTIONS$)/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    KIOSK_PORT: '0',
    // Nothing is touched for minutes during a measurement.
    KIOSK_IDLE_SECONDS: '0',
    KIOSK_GUIDE: 'false',
    KIOSK_LOG_LEVEL: 'error',
    // As systemd/kiosk.service sets it.
    MALLOC_ARENA_MAX: '2',
    ...settings,
    KIOSK_DATA_DIR: dataDir,
  };
  const program = unlimited ? [UNLIMITED] : [LAUNCHER, 'start'];
  const child = spawn(process.execPath, collecting ? COLLECTING_PROGRAM : program, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kiosk = new Kiosk(child, env);
  try {
    await kiosk.up();
  } catch (error) {
    await kiosk.dispose();
    throw error;
  }
  return kiosk;
}

class Kiosk {
  #child;
  #env;
  #stderr = '';
  #view;
  url = '';
  screen;

  constructor(child, env) {
    this.#child = child;
    this.#env = env;
    child.stderr.on('data', (chunk) => (this.#stderr = (this.#stderr + chunk).slice(-10_000)));
  }

  get dataDir() {
    return this.#env.KIOSK_DATA_DIR;
  }

  /** The end of what it wrote to its log. */
  get log() {
    return this.#stderr;
  }

  get pid() {
    return this.#child.pid;
  }

  /** Resolves once it listens; the screen connects then. */
  async up() {
    this.url = await new Promise((resolve, reject) => {
      this.#child.stderr.on('data', () => {
        const match = /The kiosk is running at (http:\S+)/.exec(this.#stderr);
        if (match) resolve(match[1]);
      });
      this.#child.once('exit', () => reject(new Error(`the kiosk did not start: ${this.#stderr}`)));
    });
    this.screen = io(this.url, { transports: ['websocket'] });
    this.screen.on('view', (view) => (this.#view = view));
  }

  /** The current View if it fulfils the condition, otherwise the first that does. */
  viewThat(condition) {
    if (this.#view !== undefined && condition(this.#view)) return Promise.resolve(this.#view);
    return new Promise((resolve, reject) => {
      const finish = (settle) => {
        clearTimeout(timer);
        this.screen.off('view', listen);
        settle();
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`no such view within ${VIEW_LIMIT_MS / 1000} s. ${this.#stderr}`)));
      }, VIEW_LIMIT_MS);
      const listen = (view) => {
        if (condition(view)) finish(() => resolve(view));
      };
      this.screen.on('view', listen);
    });
  }

  /** Waits until a press works, or there is no model. */
  async settled() {
    const { model } = await this.viewThat(
      (view) => view.model.state === 'none' || (view.model.state === 'ready' && view.camera.state === 'live'),
    );
    return model;
  }

  /** As `settled`. @throws Error with the reason if there is no model */
  async ready() {
    const model = await this.settled();
    if (model.state === 'none') throw new Error(model.reason);
    return model;
  }

  /** @throws Error if the request fails */
  async json(path, init) {
    const response = await fetch(new URL(path, this.url), init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }

  /** Runs another command on the same data: its exit status and output. */
  async run(...args) {
    const child = spawn(process.execPath, [LAUNCHER, ...args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const [code] = await once(child, 'close');
    return { code, output: output.trim() };
  }

  /** Stops it cleanly and keeps its data. May be called twice. */
  async stop() {
    this.screen?.close();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exit;
  }

  async dispose() {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** Of numbers in any order; `undefined` if there are none. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
