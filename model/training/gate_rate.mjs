// How many images the quality gate rejects: paths on standard input, one per line; `REJECTED of TOTAL` on standard output. Needs the built kiosk.
import { readFileSync } from 'node:fs';
import { gate } from '../../dist/vision/gate.js';
import { centreSquare } from '../../dist/vision/geometry.js';
import { decode } from '../../dist/vision/jpeg.js';
import { measure } from '../../dist/vision/quality.js';

const files = readFileSync(0, 'utf8').trim().split('\n');
let rejected = 0;
for (const file of files) {
  if (gate(measure(centreSquare(await decode(readFileSync(file))))) !== undefined) rejected += 1;
}
console.log(`${rejected} of ${files.length}`);
