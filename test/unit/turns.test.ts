import { expect, it } from 'vitest';
import { Turns } from '../../src/lib/turns.ts';

it('Tasks run one after the other, and a failure affects only its own task', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const task = (name: string, fails = false) =>
    turns.take(async () => {
      seen.push(`${name} starts`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([task('a'), task('b', true), task('c')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
});
