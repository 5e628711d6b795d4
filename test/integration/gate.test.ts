import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InferenceClassifier } from '../../src/classifier/client/client.ts';
import { ready } from '../../src/classifier/client/ready.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { GATE_LIMITS } from '../../src/vision/gate.ts';
import { shippedBundles } from '../support/engines.ts';
import { movingBurst } from '../support/moving.ts';
import { phantomPicture } from '../support/pictures.ts';

const { signal } = new AbortController();
/** Pixels, of a frame's 300, that the scene moves within one exposure. */
const FAST = 20;

describe.each(shippedBundles().map((dir) => [basename(dir), dir] as const))(
  'the gate in the inference process, with %s',
  (_, bundleDir) => {
    let classifier: InferenceClassifier;

    beforeAll(async () => {
      const settings = { bundleDir, engine: 'onnxruntime', timeoutMs: 10_000 } as const;
      classifier = new InferenceClassifier({ ...settings, clock: systemClock, log: silentLogger });
      await classifier.start();
      await ready(classifier);
    });

    afterAll(() => classifier.stop());

    it.each([
      ['blurred', 'too-blurred'],
      ['over-exposed', 'too-bright'],
    ])('rejects a burst of the scene %s as %s', async (scene, reason) => {
      const frame = phantomPicture(scene);
      expect(await classifier.assess([frame, frame, frame], signal)).toMatchObject({ fit: false, reason });
    });

    it('reports motion and its extent for a burst that is smeared and shifts from frame to frame', async () => {
      const assessment = await classifier.assess(await movingBurst(3, FAST), signal);
      expect(assessment).toMatchObject({ fit: false, reason: 'moved' });
      expect(assessment.quality.focus).toBeLessThan(GATE_LIMITS.focus);
      expect(assessment.quality.motion).toBeCloseTo(FAST / 300, 2);
    });

    it('reports missing focus if smeared frames do not shift, or there is only one', async () => {
      const [frame] = await movingBurst(3, FAST);
      const still = await classifier.assess([frame!, frame!, frame!], signal);
      expect(still).toMatchObject({ fit: false, reason: 'too-blurred', quality: { motion: 0 } });
      const alone = await classifier.assess([frame!], signal);
      expect(alone).toMatchObject({ fit: false, reason: 'too-blurred' });
      expect(alone.quality).not.toHaveProperty('motion');
    });

    it('selects the sharp frame of a burst that moved, and does not measure the motion', async () => {
      const [moving, [sharp]] = [await movingBurst(2, FAST), await movingBurst(1, 0)];
      const assessment = await classifier.assess([...moving, sharp!], signal);
      expect(assessment).toMatchObject({ fit: true, best: 2 });
      expect(assessment.quality).not.toHaveProperty('motion');
    });

    it('skips a frame that cannot be decoded when it compares neighbouring frames', async () => {
      const [first, second] = await movingBurst(2, FAST);
      const burst = [first!, new Uint8Array([1, 2, 3]), second!];
      expect(await classifier.assess(burst, signal)).toMatchObject({ fit: false, reason: 'moved' });
    });
  },
);
