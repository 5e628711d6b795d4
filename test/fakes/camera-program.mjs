// A camera program whose first argument selects its behaviour; the second is a JPEG file. Frames differ by a counter in a comment, as those of a sensor
// do by noise. Each start appends its process id as a line to a file beside the JPEG.
import { appendFileSync, readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const [act, file] = process.argv.slice(2);
const jpeg = readFileSync(file);
appendFileSync(`${file}.pids`, `${process.pid}\n`);
const { stdout, stderr } = process;
let count = 0;

const frame = () => {
  count += 1;
  const text = Buffer.from(`frame ${count}`);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([head, text, jpeg.subarray(2)]);
};

const every20ms = (make) => {
  stdout.write(make());
  setInterval(() => stdout.write(make()), 20);
};

/** Endlessly, as fast as it is read. */
const flood = (make) => {
  while (stdout.write(make()));
  stdout.once('drain', () => flood(make));
};

const die = (words, code) => stderr.write(words, () => process.exit(code));

const acts = {
  live: () => every20ms(frame),
  frozen: () => every20ms(() => jpeg),
  freezes: () => every20ms(() => (count < 5 ? frame() : jpeg)),
  hangs: () => {
    stdout.write(frame());
    setInterval(() => undefined, 1000);
  },
  crashes: () => stdout.write(frame(), () => die('sensor: no such device\n', 3)),
  busy: () =>
    die('ERROR: *** failed to acquire camera: Pipeline handler in use by another process ***\n', 255),
  garbage: () => flood(() => Buffer.alloc(65536, 'MJPEG? no.')),
  endless: () => {
    stdout.write(jpeg.subarray(0, jpeg.length - 2));
    flood(() => Buffer.alloc(65536, 0x55));
  },
  truncates: () => every20ms(() => frame().subarray(0, jpeg.length / 2)),
  floods: () => flood(frame),
};

acts[act]();
