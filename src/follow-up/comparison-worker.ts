import { parentPort, workerData } from 'node:worker_threads';
import type { PictureWithMask } from '../retention/port.ts';
import { comparisonOf } from './comparison.ts';

const [one, other] = workerData as readonly [PictureWithMask, PictureWithMask];
parentPort?.postMessage(await comparisonOf(one, other));
