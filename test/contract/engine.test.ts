import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBundle } from '../../src/classifier/model/bundle.ts';
import { ENGINE_NAMES } from '../../src/classifier/engines/port.ts';
import { softmax } from '../../src/classifier/model/calibration.ts';
import { allBundles, driverOf, SEED_BUNDLE } from '../support/engines.ts';
import { engineContract, expectNear, patterns, TOLERANCE } from './engine-contract.ts';

for (const name of ENGINE_NAMES) {
  const driver = await driverOf(name);
  describe(`the engine ${name}`, () => {
    if ('missing' in driver) {
      it('meets the contract', (context) => {
        context.skip(driver.missing);
      });
      return;
    }
    describe.each(allBundles().map((dir) => [basename(dir), dir]))('with the bundle %s', (_, dir) => {
      engineContract(async () => {
        const bundle = await loadBundle(dir);
        return { bundle, engine: await driver.load(bundle) };
      });
    });

    it('reports a tensor missing from its graph', async () => {
      const bundle = await loadBundle(SEED_BUNDLE);
      const card = { ...bundle.card, tensors: { ...bundle.card.tensors, mask: 'nothing' } };
      await expect(driver.load({ ...bundle, card })).rejects.toMatchObject({
        code: 'engine/unavailable',
        message: expect.stringContaining('output “nothing”') as string,
      });
    });

    it('fails to load a bundle without its graph', async () => {
      const bundle = await loadBundle(SEED_BUNDLE);
      await expect(driver.load({ ...bundle, dir: import.meta.dirname })).rejects.toMatchObject({
        code: 'engine/unavailable',
      });
    });
  });
}

describe('the two engines', () => {
  it.for(allBundles().map((dir) => [basename(dir), dir] as const))(
    'agree on every probability and all other outputs, with the bundle %s',
    async ([, dir], context) => {
      const drivers = await Promise.all(ENGINE_NAMES.map(driverOf));
      const [a, b] = drivers;
      if (a === undefined || b === undefined || 'missing' in a || 'missing' in b) {
        context.skip(drivers.flatMap((driver) => ('missing' in driver ? [driver.missing] : [])).join('; '));
        return;
      }
      const bundle = await loadBundle(dir);
      const engines = [await a.load(bundle), await b.load(bundle)];
      for (const image of patterns(bundle.card.input.size, 20)) {
        const [first, second] = await Promise.all(engines.map((engine) => engine.run(image, 1)));
        const other = softmax(second!.logits);
        const differences = softmax(first!.logits).map((share, i) => Math.abs(share - other[i]!));
        expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
        expectNear(first!, second!);
      }
      await Promise.all(engines.map((engine) => engine.dispose()));
    },
  );
});
