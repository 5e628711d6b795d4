import { describe, expect, it } from 'vitest';
import { SwitchableCamera } from '../../src/camera/switchable-camera.ts';
import type { Frame } from '../../src/camera/port.ts';
import { FakeCamera } from '../fakes/server-parts.ts';

describe('a camera that is replaced', () => {
  it('delivers no more frames; the next one does, and numbering continues', async () => {
    const calls: string[] = [];
    const one = new FakeCamera();
    const other = new FakeCamera();
    one.stop = () => Promise.resolve(void calls.push('stopped'));
    other.start = () => Promise.resolve(void calls.push('started'));
    const camera = new SwitchableCamera(one);
    const frames: Frame[] = [];
    camera.onFrame((frame) => frames.push(frame));
    one.show(1);
    await camera.replace(other);
    one.show(2);
    other.show(3);
    expect(calls).toEqual(['stopped', 'started']);
    expect(frames.map(({ jpeg, sequence }) => [jpeg[0], sequence])).toEqual([
      [1, 0],
      [3, 1],
    ]);
  });
});
