import { parentPort } from 'node:worker_threads';
import { thumbnail } from '../vision/jpeg.ts';
import type { ThumbnailReply, ThumbnailRequest } from './thumbnails.ts';

/** Sharp on a 7-inch panel with two pixels per CSS pixel: a row of the log shows 56. */
const SIDE = 112;

parentPort?.on('message', ({ id, bytes }: ThumbnailRequest) => {
  thumbnail(bytes, SIDE).then(
    (made) => parentPort?.postMessage({ id, bytes: made } satisfies ThumbnailReply),
    () => parentPort?.postMessage({ id } satisfies ThumbnailReply),
  );
});
