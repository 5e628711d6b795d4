import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Limit } from './limit.ts';
import type { BoardParts } from './setup.ts';

export interface Answer {
  readonly code: number;
  readonly output: string;
}

const MEMORY_MIB = 4096;
export const BOOT_LIMIT_MS = 480_000;

/** Duration of a press, shorter than a long press, and the interval at which the pulse is repeated. */
const HELD_MS = 500;
const PULSE_EVERY_MS = 40;

/** Until the last pulse is over and debounced, so that the next press is separate. */
const RELEASED_MS = 400;

/** An emulated ARM64 board: its serial line, its button and its forwarded port. Writes to its disks are discarded. */
export class Machine {
  /** The same port here and on the board: the kiosk checks the port of the Host header. */
  readonly port: number;
  /** When the whole run must be over, by `Date.now`. */
  readonly deadline: number;
  readonly #folder: string;
  readonly #child: ChildProcess;
  #serial = '';
  #wake = (): void => undefined;
  #monitor: Socket | undefined;

  private constructor(child: ChildProcess, folder: string, port: number, deadline: number) {
    this.#child = child;
    this.#folder = folder;
    this.port = port;
    this.deadline = deadline;
    const heard = (chunk: Buffer): void => {
      this.#serial += chunk.toString('utf8').replaceAll('\r', '');
      this.#wake();
    };
    child.stdout?.on('data', heard);
    child.stderr?.on('data', heard);
    child.on('close', () => {
      this.#wake();
    });
  }

  /** Boots it, with our own script as init or with systemd; resolves when it accepts commands. */
  static async boot(parts: BoardParts, init: 'script' | 'systemd' = 'script'): Promise<Machine> {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-board-'));
    const port = await freePort();
    const child = spawn('qemu-system-aarch64', qemuArguments({ parts, folder, port, init }), {
      stdio: 'pipe',
    });
    const machine = new Machine(child, folder, port, parts.deadline);
    try {
      await machine.#until(/^BOARD-READY$/m, BOOT_LIMIT_MS);
      machine.#monitor = await openMonitor(join(folder, 'monitor'));
      return machine;
    } catch (error) {
      await machine.end();
      throw error;
    }
  }

  /** Runs one line of shell on the board; one at a time. */
  async run(command: string, limitMs = 60_000): Promise<Answer> {
    this.#serial = '';
    this.#child.stdin?.write(`${command.replaceAll('\n', ' ')}\n`);
    const [, output = '', code] = await this.#until(/^([^]*?)^BOARD-DONE (\d+)$/m, limitMs, command);
    return { code: Number(code), output };
  }

  /** As `run`, but rejects if the command fails. */
  async must(command: string, limitMs?: number): Promise<string> {
    const { code, output } = await this.run(command, limitMs);
    if (code !== 0) throw new Error(`on the board “${command}” ended with ${code}: ${output}`);
    return output;
  }

  /**
   * The button: QEMU pulses line 3 of the board's PL061 high for 100 ms, and a pulse within a pulse lengthens it. A finger holds for
   * {@link HELD_MS}: 100 ms are over before a starved emulation has taken the first interrupt, and what then reads the line finds it low.
   */
  async press(): Promise<void> {
    const end = performance.now() + HELD_MS;
    do {
      this.#monitor?.write('{"execute":"system_powerdown"}\n');
      await setTimeout(PULSE_EVERY_MS);
    } while (performance.now() < end);
    await setTimeout(RELEASED_MS);
  }

  async end(): Promise<void> {
    this.#monitor?.destroy();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const closed = once(this.#child, 'close');
      this.#child.kill('SIGKILL');
      await closed;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #until(pattern: RegExp, limitMs: number, what = 'booting'): Promise<RegExpExecArray> {
    const limit = new Limit(what, limitMs, this.deadline);
    for (;;) {
      const found = pattern.exec(this.#serial);
      if (found !== null) return found;
      const left = limit.left();
      if (this.#child.exitCode !== null) throw new Error(`QEMU ended (${what}): ${this.#serial}`);
      if (left <= 0) throw new Error(`${limit.message()}: ${this.#serial}`);
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([woken, setTimeout(left, undefined, { ref: false })]);
    }
  }
}

interface Wiring {
  readonly parts: BoardParts;
  readonly folder: string;
  readonly port: number;
  readonly init: 'script' | 'systemd';
}

const INIT = {
  script: '',
  systemd: ' board.init=/lib/systemd/systemd systemd.firstboot=off systemd.show_status=no',
};

function qemuArguments({ parts, folder, port, init }: Wiring): string[] {
  const disk = (id: string, file: string): string[] => [
    // unsafe: the board's writes need not be synced here, since they are discarded.
    ...['-drive', `if=none,id=${id},file=${file},format=raw,snapshot=on,cache=unsafe`],
    ...['-device', `virtio-blk-pci,drive=${id}`],
  ];
  return [
    ...[
      '-M',
      'virt',
      '-cpu',
      'cortex-a72',
      '-smp',
      '2',
      '-m',
      String(MEMORY_MIB),
      '-accel',
      'tcg,thread=multi',
    ],
    ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-no-reboot'],
    ...['-qmp', `unix:${join(folder, 'monitor')},server=on,wait=off`],
    ...['-kernel', parts.kernel, '-initrd', parts.initrd],
    ...['-append', `console=ttyAMA0 loglevel=4 panic=-1 rdinit=/init${INIT[init]}`],
    ...disk('system', parts.disk),
    ...disk('second', parts.second),
    ...['-netdev', `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:${port}`],
    // Without its boot ROM, which is in a separate package.
    ...['-device', 'virtio-net-pci,netdev=net,romfile='],
  ];
}

/** QMP sends a greeting and requires a negotiation of capabilities before the first command. */
async function openMonitor(path: string): Promise<Socket> {
  const socket = connect(path);
  await once(socket, 'data');
  socket.write('{"execute":"qmp_capabilities"}\n');
  await once(socket, 'data');
  socket.resume();
  return socket;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
