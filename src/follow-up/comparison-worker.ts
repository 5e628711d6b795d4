import { parentPort, workerData } from 'node:worker_threads';
import type { ImageWithMask } from '../retention/port.ts';
import { comparisonOf } from './comparison.ts';

const [one, other] = workerData as readonly [ImageWithMask, ImageWithMask];
parentPort?.postMessage(await comparisonOf(one, other));
