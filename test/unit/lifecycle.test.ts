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

describe('the service lifecycle', () => {
  it('starts services in order and stops them in reverse order', async () => {
    const life = lifecycle(service('a'), service('b'), service('c'));
    await life.start();
    await life.stop();
    expect(calls).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
    expect(errors).toEqual([]);
  });

  it('starts a service only after the previous one has started', async () => {
    let started = (): void => undefined;
    const slow = service('slow', { start: () => new Promise((resolve) => (started = resolve)) });
    const start = lifecycle(slow, service('next')).start();
    await settle();
    expect(calls).toEqual(['start slow']);
    started();
    await start;
    expect(calls).toEqual(['start slow', 'start next']);
  });

  it('stops the started services and the failed one if a start fails', async () => {
    const failure = new Error('port in use');
    const failing = service('b', { start: () => Promise.reject(failure) });
    const life = lifecycle(service('a'), failing, service('c'));
    await expect(life.start()).rejects.toBe(failure);
    expect(calls).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stops each service only once, even if stopped twice', async () => {
    const life = lifecycle(service('a'));
    await life.start();
    await Promise.all([life.stop(), life.stop()]);
    expect(calls).toEqual(['start a', 'stop a']);
  });

  it('does not let a hanging service block the others', async () => {
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
  ])('stops the other services if one %s on stop', async (_, stop) => {
    const life = lifecycle(service('a'), service('b', { stop }));
    await life.start();
    await life.stop();
    expect(calls.slice(2)).toEqual(['stop b', 'stop a']);
    expect(errors).toMatchObject([{ service: 'b', error: 'busy' }]);
  });
});

describe('a deadline', () => {
  const late = (): Error => new Error('late');

  it('passes on a result that arrives in time', async () => {
    await expect(withDeadline(Promise.resolve(5), 10, clock, late)).resolves.toBe(5);
    await expect(withDeadline(Promise.reject(new Error('no')), 10, clock, late)).rejects.toThrow('no');
  });

  it('rejects if there is none in time', async () => {
    const failed = expect(withDeadline(never(), 10, clock, late)).rejects.toThrow('late');
    await clock.advance(10);
    await failed;
  });
});
