import { beforeEach, describe, expect, it } from 'vitest';
import { Lifecycle, withDeadline, type Service } from '../../src/lib/lifecycle.ts';
import { silentLogger, type Logger } from '../../src/lib/logger.ts';
import { FakeClock, settle } from '../fakes/clock.ts';

const never = (): Promise<void> => new Promise(() => undefined);
let clock: FakeClock;
let calls: string[];
let errors: object[];

beforeEach(() => {
  clock = new FakeClock();
  calls = [];
  errors = [];
});

function service(
  name: string,
  own: { start?: () => Promise<void>; stop?: () => Promise<void> } = {},
): Service {
  return {
    name,
    start: () => {
      calls.push(`start ${name}`);
      return own.start?.() ?? Promise.resolve();
    },
    stop: () => {
      calls.push(`stop ${name}`);
      return own.stop?.() ?? Promise.resolve();
    },
  };
}

function lifecycle(...services: Service[]): Lifecycle {
  const log: Logger = { ...silentLogger, error: (fields) => errors.push(fields) };
  return new Lifecycle(services, { clock, log, stopLimitMs: 1_000 });
}

describe('the life of the services', () => {
  it('starts them in the order of the list and stops them backwards', async () => {
    const life = lifecycle(service('a'), service('b'), service('c'));
    await life.start();
    await life.stop();
    expect(calls).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
    expect(errors).toEqual([]);
  });

  it('starts one only when the one before it has started', async () => {
    let started = (): void => undefined;
    const slow = service('slow', { start: () => new Promise((resolve) => (started = resolve)) });
    const start = lifecycle(slow, service('next')).start();
    await settle();
    expect(calls).toEqual(['start slow']);
    started();
    await start;
    expect(calls).toEqual(['start slow', 'start next']);
  });

  it('stops what has started, and what failed half way, when one fails to start', async () => {
    const failure = new Error('port in use');
    const failing = service('b', { start: () => Promise.reject(failure) });
    const life = lifecycle(service('a'), failing, service('c'));
    await expect(life.start()).rejects.toBe(failure);
    expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stops each only once, however often it is asked', async () => {
    const life = lifecycle(service('a'));
    await life.start();
    await Promise.all([life.stop(), life.stop()]);
    expect(calls).toEqual(['start a', 'stop a']);
  });

  it('does not let one that hangs hold the others', async () => {
    const life = lifecycle(service('a'), service('hangs', { stop: never }), service('c'));
    await life.start();
    const stopped = life.stop();
    await clock.advance(999);
    expect(calls.slice(3)).toEqual(['stop c', 'stop hangs']);
    await clock.advance(1);
    await stopped;
    expect(calls.slice(3)).toEqual(['stop c', 'stop hangs', 'stop a']);
    expect(errors).toMatchObject([{ service: 'hangs' }]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('busy'))],
    [
      'throws',
      () => {
        throw new Error('busy');
      },
    ],
  ])('does not let one whose stop %s keep the others from stopping', async (_, stop) => {
    const life = lifecycle(service('a'), service('b', { stop }));
    await life.start();
    await life.stop();
    expect(calls.slice(2)).toEqual(['stop b', 'stop a']);
    expect(errors).toMatchObject([{ service: 'b', error: 'busy' }]);
  });
});

describe('a deadline', () => {
  const late = (): Error => new Error('late');

  it('hands on what comes in time', async () => {
    await expect(withDeadline(Promise.resolve(5), 10, clock, late)).resolves.toBe(5);
    await expect(withDeadline(Promise.reject(new Error('no')), 10, clock, late)).rejects.toThrow('no');
  });

  it('rejects what does not', async () => {
    const failed = expect(withDeadline(never(), 10, clock, late)).rejects.toThrow('late');
    await clock.advance(10);
    await failed;
  });
});
