import { describe, expect, it } from 'vitest';
import { loadBundle } from '../../src/classifier/model/bundle.ts';
import type { Outputs } from '../../src/classifier/model/outputs.ts';
import { assess, classify } from '../../src/classifier/process/pipeline.ts';
import { prepare } from '../../src/vision/geometry.ts';
import type { Image } from '../../src/vision/image.ts';
import { decode, encode } from '../../src/vision/jpeg.ts';
import { measure, workingSquareOf } from '../../src/vision/quality.ts';
import { SEED_BUNDLE } from '../support/engines.ts';

const [WIDTH, HEIGHT] = [200, 150];
const BROKEN = new Uint8Array([1, 2, 3]);

/** A checkerboard with squares of `side` pixels, around `tone`: with the darkest tone sharp but too dark to pass. */
function checks(side: number, tone = 140): Promise<Uint8Array> {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    const odd = (Math.floor((i % WIDTH) / side) + Math.floor(i / WIDTH / side)) % 2;
    data.fill(Math.min(255, tone + odd * 60), i * 3, i * 3 + 3);
  }
  return encode({ width: WIDTH, height: HEIGHT, data }, 95);
}

const focusOf = async (bytes: Uint8Array): Promise<number> => measure(await decode(bytes)).focus;

/** The stages of classifying an image that is already decoded. */
const STAGES = ['prepare', 'network', 'verdict', 'explain'];

/** A network that records its input and returns equal logits for all classes. */
class Engine {
  readonly name = 'onnxruntime';
  shown: Uint8Array | undefined;

  run(images: Uint8Array, n: number): Promise<Outputs> {
    this.shown = images;
    return Promise.resolve({ logits: new Float32Array(n * 7) });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the gate over a burst', () => {
  it('selects the sharpest of many frames and returns it decoded, whichever cannot be decoded', async () => {
    const burst = [
      BROKEN,
      await checks(9),
      await checks(3),
      BROKEN,
      await checks(5),
      await checks(7),
      BROKEN,
    ];
    const { assessment, frame } = await assess(burst);
    expect(assessment).toMatchObject({ fit: true, best: 4 });
    expect(assessment.quality.focus).toBe(await focusOf(burst[4]!));
    expect(frame.image).toEqual(await decode(burst[4]!));
    expect(frame.square).toEqual(workingSquareOf(frame.image));
  });

  it('prefers a frame that passes to a sharper one that does not, in any order', async () => {
    const [fit, dark] = [await checks(5), await checks(2, 0)];
    expect(await focusOf(dark)).toBeGreaterThan(await focusOf(fit));
    for (const burst of [
      [fit, dark],
      [dark, fit],
    ]) {
      expect((await assess(burst)).assessment).toMatchObject({ fit: true, best: burst.indexOf(fit) });
    }
  });

  it('selects the first of equal frames', async () => {
    const frame = await checks(5);
    expect((await assess([frame, frame, frame])).assessment.best).toBe(0);
  });

  it('rejects a burst without an image for the reason of its first frame', async () => {
    const cut = (await checks(2)).subarray(0, 900);
    await expect(assess([cut, BROKEN, BROKEN])).rejects.toMatchObject({ code: 'picture/broken' });
    await expect(assess([BROKEN, cut])).rejects.toMatchObject({ code: 'picture/unsupported' });
  });
});

describe('classifying a frame', () => {
  const grey: Image = { width: 40, height: 40, data: new Uint8Array(40 * 40 * 3).fill(99) };

  it('passes a decoded frame to the network, and reports no decoding time', async () => {
    const engine = new Engine();
    const { card, sha256 } = await loadBundle(SEED_BUNDLE);
    const { name, version } = card;
    const identity = { name, version, sha256, engine: engine.name } as const;
    const model = { identity, card, engineReason: '' };
    const sizes = { areaSide: card.input.preprocessing.areaSide, size: card.input.size };
    const image = await checks(5);

    const decoded = await classify(image, { engine, model });
    expect(engine.shown).toEqual(prepare(await decode(image), sizes));
    expect(Object.keys(decoded.timings)).toEqual(['decode', ...STAGES]);

    const cached = await classify(image, { engine, model }, { image: grey, square: grey });
    expect(engine.shown).toEqual(prepare(grey, sizes));
    expect(Object.keys(cached.timings)).toEqual(STAGES);
    expect(cached.pictureSha256).toBe(decoded.pictureSha256);
  });

  it('runs as many views as the card specifies, in one call, and averages their scores', async () => {
    const engine = new Engine();
    const { card } = await loadBundle(SEED_BUNDLE);
    const identity = { name: card.name, version: card.version, sha256: '', engine: engine.name };
    const model = { identity, card: { ...card, views: 4 as const }, engineReason: '' };
    const { scores } = await classify(await checks(5), { engine, model });
    expect(engine.shown).toHaveLength(4 * card.input.size ** 2 * 3);
    expect(scores!.malignancy).toBeCloseTo(3 / 7, 9);
  });
});
