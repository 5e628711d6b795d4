// Collects the garbage of this process every few seconds. V8 lets a heap grow while memory is free: without this, the memory of a process says
// more about the collector than about what the process keeps.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 2_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
globalThis.setInterval(collect, EVERY_MS).unref();
