import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InferenceClassifier } from '../../src/classifier/client/client.ts';
import { ready } from '../../src/classifier/client/ready.ts';
import { ENGINE_NAMES } from '../../src/classifier/engines/port.ts';
import { PHANTOM_SCENES } from '../../src/config/schema.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { driverOf, shippedBundles } from '../support/engines.ts';
import { phantomPicture } from '../support/pictures.ts';

const LIMIT_MS = 90_000;
const BUNDLE = shippedBundles().find((dir) => dir.endsWith('lesion-pair')) ?? '';
const { signal } = new AbortController();

describe.each(ENGINE_NAMES)('a look at the live image, on %s', (engine) => {
  let missing: string | undefined;
  let classifier: InferenceClassifier;

  beforeAll(async () => {
    const driver = await driverOf(engine);
    missing = 'missing' in driver ? driver.missing : undefined;
    classifier = new InferenceClassifier({
      ...{ bundleDir: BUNDLE, engine, timeoutMs: 20_000, clock: systemClock, log: silentLogger },
    });
    if (missing !== undefined) return;
    await classifier.start();
    await ready(classifier);
  }, LIMIT_MS);

  afterAll(async () => {
    await classifier.stop();
  });

  /** What a press would end with: the reason of a retake; `undefined` if it passes. */
  async function pressOn(picture: Uint8Array): Promise<string | undefined> {
    const gated = await classifier.assess([picture], signal);
    if (!gated.fit) return gated.reason;
    const { verdict } = await classifier.classify(picture, signal);
    return verdict.outcome === 'unfit' ? verdict.reason : undefined;
  }

  it.each(PHANTOM_SCENES)(
    'finds on the scene %s what a press finds, with the network and shortly after it without',
    async (scene) => {
      if (missing !== undefined) throw new Error(missing);
      const picture = phantomPicture(scene);
      const expected = await pressOn(picture);
      const located = await classifier.look(picture, { locate: true }, signal);
      expect(located).toMatchObject({ located: true });
      expect(located.framing.reason).toBe(expected);
      const { framing, cpuMs } = await classifier.look(picture, { locate: false }, signal);
      expect(framing.reason).toBe(expected);
      expect(framing.focus).toBe(located.framing.focus);
      expect(cpuMs).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );

  it('is sharp enough from a focus of 1', async () => {
    if (missing !== undefined) throw new Error(missing);
    const [sharp, blurred] = await Promise.all(
      (['naevus', 'blurred'] as const).map((scene) =>
        classifier.look(phantomPicture(scene), { locate: false }, signal),
      ),
    );
    expect(sharp?.framing.focus).toBeGreaterThanOrEqual(1);
    expect(blurred?.framing).toMatchObject({ reason: 'too-blurred' });
    expect(blurred?.framing.focus).toBeLessThan(1);
  });

  it('of a broken frame fails, and leaves the next', async () => {
    if (missing !== undefined) throw new Error(missing);
    const picture = phantomPicture();
    await expect(
      classifier.look(picture.subarray(0, picture.length / 2), { locate: true }, signal),
    ).rejects.toMatchObject({ code: 'picture/broken' });
    await expect(classifier.look(picture, { locate: true }, signal)).resolves.toMatchObject({
      located: true,
    });
  });
});
