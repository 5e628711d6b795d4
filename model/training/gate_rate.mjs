// How many pictures the quality gate refuses: paths on standard input, one a line; `refused of all` on standard output. Needs the kiosk built.
import { readFileSync } from 'node:fs';
import { gate } from '../../dist/vision/gate.js';
import { centreSquare } from '../../dist/vision/geometry.js';
import { decode } from '../../dist/vision/jpeg.js';
import { measure } from '../../dist/vision/quality.js';

const files = readFileSync(0, 'utf8').trim().split('\n');
let refused = 0;
for (const file of files) {
  if (gate(measure(centreSquare(await decode(readFileSync(file))))) !== undefined) refused += 1;
}
console.log(`${refused} of ${files.length}`);
