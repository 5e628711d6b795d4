import { describe, expect, it } from 'vitest';
import { loadBundle } from '../../src/classifier/model/bundle.ts';
import type { Outputs } from '../../src/classifier/model/outputs.ts';
import { assess, classify } from '../../src/classifier/process/pipeline.ts';
import { randomOf } from '../../src/lib/random.ts';
import { prepare } from '../../src/vision/geometry.ts';
import type { Image } from '../../src/vision/image.ts';
import { decode, encode } from '../../src/vision/jpeg.ts';
import { withComment } from '../../src/vision/jpeg-comment.ts';
import { measure, workingSquareOf } from '../../src/vision/quality.ts';
import { SEED_BUNDLE } from '../support/engines.ts';

const [WIDTH, HEIGHT] = [200, 150];
const BROKEN = new Uint8Array([1, 2, 3]);

/** Discs of `radius` pixels at random places, around `tone`: with the darkest tone sharp but too dark to pass. */
function discs(radius: number, tone = 140): Promise<Uint8Array> {
  const random = randomOf(radius);
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(tone);
  for (let n = 0; n < (0.5 * WIDTH * HEIGHT) / (Math.PI * radius ** 2); n += 1) {
    const [x, y] = [WIDTH * random(), HEIGHT * random()];
    for (let dy = -radius; dy <= radius; dy += 1) {
      for (let dx = -radius; dx <= radius; dx += 1) {
        const [u, v] = [Math.round(x) + dx, Math.round(y) + dy];
        if (dx * dx + dy * dy <= radius * radius && u >= 0 && u < WIDTH && v >= 0 && v < HEIGHT)
          data.set([tone + 60, tone + 40, tone + 30], (v * WIDTH + u) * 3);
      }
    }
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
    const burst = [BROKEN, await discs(9), await discs(3), BROKEN, await discs(5), await discs(7), BROKEN];
    const { assessment, frame } = await assess(burst);
    const focus = await Promise.all(burst.map(async (bytes) => (bytes === BROKEN ? 0 : focusOf(bytes))));
    const sharpest = focus.indexOf(Math.max(...focus));
    expect(sharpest).toBeGreaterThan(1);
    expect(assessment).toMatchObject({ fit: true, best: sharpest });
    expect(frame.image).toEqual(await decode(burst[sharpest]!));
    expect(frame.square).toEqual(workingSquareOf(frame.image));
  });

  it('prefers a frame that passes to a sharper one that does not, in any order', async () => {
    const [fit, dark] = [await discs(5), await discs(2, 0)];
    expect(await focusOf(dark)).toBeGreaterThan(await focusOf(fit));
    for (const burst of [
      [fit, dark],
      [dark, fit],
    ]) {
      expect((await assess(burst)).assessment).toMatchObject({ fit: true, best: burst.indexOf(fit) });
    }
  });

  it('selects the first of equal frames', async () => {
    const frame = await discs(5);
    expect((await assess([frame, frame, frame])).assessment.best).toBe(0);
  });

  it('reports that two frames show the same, whatever differs in their files', async () => {
    const [first, other] = [await discs(5), await discs(4)];
    expect((await assess([first, other])).assessment).not.toHaveProperty('repeats');
    const renamed = withComment(first, 'frame 2');
    expect((await assess([first, other, renamed])).assessment.repeats).toBe(true);
    expect((await assess([other, first, renamed])).assessment.repeats).toBe(true);
  });

  it('rejects a burst without an image for the reason of its first frame', async () => {
    const cut = (await discs(2)).subarray(0, 900);
    await expect(assess([cut, BROKEN, BROKEN])).rejects.toMatchObject({ code: 'picture/broken' });
    await expect(assess([BROKEN, cut])).rejects.toMatchObject({ code: 'picture/unsupported' });
  });
});

describe('a damaged frame of a burst', () => {
  /** Its lower part was never received: the decoder fills it. */
  async function halfMissing(bytes: Uint8Array): Promise<Uint8Array> {
    const image = await decode(bytes);
    const data = image.data.map((value, i) => (i < image.data.length / 2 ? value : 128));
    return encode({ ...image, data }, 90);
  }

  /** Bytes are missing; what follows decodes without a warning. */
  function withHole(jpeg: Uint8Array): Uint8Array {
    const at = Math.floor(jpeg.length / 2);
    return Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 300)]);
  }

  it('is not selected as long as another one is whole', async () => {
    const whole = await discs(5);
    const burst = [await halfMissing(await discs(3)), withHole(await discs(3)), whole];
    expect((await assess(burst)).assessment).toMatchObject({ fit: true, best: 2 });
    expect((await assess([...burst].reverse())).assessment).toMatchObject({ fit: true, best: 0 });
  });

  it('is the reason to take the image again before any other, and never gets further', async () => {
    const { assessment } = await assess([await halfMissing(await discs(5, 0))]);
    expect(assessment).toMatchObject({ fit: false, reason: 'damaged' });
    expect(assessment.quality.damage).toBeGreaterThan(1);
    await expect(assess([withHole(await discs(3))])).rejects.toMatchObject({ code: 'picture/broken' });
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
    const image = await discs(5);

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
    const { scores } = await classify(await discs(5), { engine, model });
    expect(engine.shown).toHaveLength(4 * card.input.size ** 2 * 3);
    expect(scores!.malignancy).toBeCloseTo(3 / 7, 9);
  });
});
