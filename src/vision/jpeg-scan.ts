/** Bytes between the end of an interval's data and its marker that lose no data: cameras pad, with zeros also for longer. */
const PADDING = 4;

const SOF_BASELINE = 0xc0;
const SOF_EXTENDED = 0xc1;
const DHT = 0xc4;
const RST0 = 0xd0;
const EOI = 0xd9;
const SOS = 0xda;
const DRI = 0xdd;

interface Component {
  readonly id: number;
  /** Sampling factors. */
  readonly across: number;
  readonly down: number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

/** For each 16 bits that come next: the length of the code in the upper byte, its symbol in the lower one; 0 without a code. */
type Codes = Uint16Array;

interface Header {
  frame: Frame | undefined;
  restart: number;
  /** By class (0 DC, 16 AC) and number. */
  readonly tables: Map<number, Codes>;
}

interface Block {
  readonly dc: Codes;
  readonly ac: Codes;
}

/** `unknown`: progressive or arithmetic coding, which is not followed. */
export type Completeness = 'complete' | 'damaged' | 'unknown';

/**
 * Whether the data of every block of a sequential JPEG are there, and none too many, whatever else is irregular: codes are followed without computing a
 * pixel. A decoder that warns about a complete file has lost nothing; one that says nothing about a damaged file has concealed it.
 *
 * @see ITU-T T.81, B.1 and F.2.2
 */
export function completenessOf(jpeg: Uint8Array): Completeness {
  const header: Header = { frame: undefined, restart: 0, tables: new Map() };
  const seen = new Set<number>();
  const word = (at: number): number => ((jpeg[at] ?? 0) << 8) | (jpeg[at + 1] ?? 0);
  let at = 2;
  while (at + 4 <= jpeg.length) {
    const code = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== 0xff || code === 0xff) {
      // Padding between segments.
      at += 1;
      continue;
    }
    if (code === EOI) break;
    const data = jpeg.subarray(at + 4, at + 2 + word(at + 2));
    at += 2 + word(at + 2);
    if (code === SOS) {
      const end = endOfScan(jpeg, at, data, header);
      if (end === undefined) return 'damaged';
      for (const id of scannedIds(data)) seen.add(id);
      at = end;
    } else if (!read(code, data, header)) return 'unknown';
  }
  const { components } = header.frame ?? { components: [{ id: NaN }] };
  return components.every(({ id }) => seen.has(id)) ? 'complete' : 'damaged';
}

/** @returns whether segments of this kind can be followed */
function read(code: number, data: Uint8Array, header: Header): boolean {
  const word = (at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  if (code === DHT) {
    for (let at = 0; at + 17 <= data.length;) at = readTable(data, at, header.tables);
  } else if (code === DRI) header.restart = word(0);
  else if (code === SOF_BASELINE || code === SOF_EXTENDED) {
    header.frame = {
      height: word(1),
      width: word(3),
      components: Array.from({ length: data[5] ?? 0 }, (_, i) => ({
        id: data[6 + 3 * i] ?? 0,
        across: (data[7 + 3 * i] ?? 0) >> 4,
        down: (data[7 + 3 * i] ?? 0) & 15,
      })),
    };
    const { height, components } = header.frame;
    return height > 0 && components.every(({ across, down }) => across > 0 && down > 0);
  }
  // Other kinds of frames are C2–CF, without C8 and CC.
  return code <= SOF_EXTENDED || code === DHT || code > 0xcf;
}

function readTable(data: Uint8Array, start: number, tables: Map<number, Codes>): number {
  const codes = new Uint16Array(1 << 16);
  let symbolAt = start + 17;
  let next = 0;
  for (let length = 1; length <= 16; length += 1) {
    const span = 1 << (16 - length);
    for (let k = data[start + length] ?? 0; k > 0; k -= 1) {
      codes.fill((length << 8) | (data[symbolAt] ?? 0), next, next + span);
      symbolAt += 1;
      next += span;
    }
  }
  tables.set(data[start] ?? 0, codes);
  return symbolAt;
}

function scannedIds(scan: Uint8Array): number[] {
  return Array.from({ length: scan[0] ?? 0 }, (_, i) => scan[1 + 2 * i] ?? 0);
}

/** Follows the intervals of a scan. @returns where the next segment starts; `undefined` if data are missing or wrong */
function endOfScan(
  jpeg: Uint8Array,
  start: number,
  scan: Uint8Array,
  { frame, restart, tables }: Header,
): number | undefined {
  const unit = frame === undefined ? undefined : unitOf(frame, scan, tables);
  if (unit === undefined || unit.count === 0) return undefined;
  let at = start;
  for (let done = 0, n = 0; done < unit.count; n += 1) {
    const end = endOfInterval(jpeg, at);
    const count = restart === 0 ? unit.count : Math.min(restart, unit.count - done);
    if (!holds(unstuffed(jpeg, at, end), unit.blocks, count)) return undefined;
    done += count;
    if (done === unit.count) return end;
    if (jpeg[end + 1] !== RST0 + (n % 8)) return undefined;
    at = end + 2;
  }
  return at;
}

/** How many minimum coded units a scan has, and the blocks of each. */
function unitOf(
  { width, height, components }: Frame,
  scan: Uint8Array,
  tables: ReadonlyMap<number, Codes>,
): { readonly count: number; readonly blocks: readonly Block[] } | undefined {
  const ids = scannedIds(scan);
  const parts = ids.map((id) => components.find((component) => component.id === id));
  const most = {
    across: Math.max(...components.map(({ across }) => across)),
    down: Math.max(...components.map(({ down }) => down)),
  };
  const blocks: Block[] = [];
  for (const [i, part] of parts.entries()) {
    const numbers = scan[2 + 2 * i] ?? 0;
    const dc = tables.get(numbers >> 4);
    const ac = tables.get(16 | (numbers & 15));
    if (part === undefined || dc === undefined || ac === undefined) return undefined;
    const times = ids.length === 1 ? 1 : part.across * part.down;
    for (let k = 0; k < times; k += 1) blocks.push({ dc, ac });
  }
  const [first] = parts;
  if (first === undefined) return undefined;
  // A scan of one component has no unit: it has the component's own blocks.
  const own = ids.length === 1 ? first : { across: 1, down: 1 };
  const count =
    Math.ceil((width * own.across) / (8 * most.across)) * Math.ceil((height * own.down) / (8 * most.down));
  return { count, blocks };
}

/** The position of the next marker, or the end of the file. */
function endOfInterval(jpeg: Uint8Array, start: number): number {
  for (let at = jpeg.indexOf(0xff, start); at >= 0; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1];
    if (next === 0xff) continue;
    if (next === 0) at += 1;
    else return at;
  }
  return jpeg.length;
}

/** Without the zeros that follow each FF of the data. */
function unstuffed(jpeg: Uint8Array, start: number, end: number): Uint8Array {
  const out = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at += 1) {
    const byte = jpeg[at] ?? 0;
    out[length] = byte;
    length += 1;
    if (byte === 0xff) at += 1;
  }
  return out.subarray(0, length);
}

/** Whether the data are those of `count` units, and at most padding follows. */
function holds(data: Uint8Array, blocks: readonly Block[], count: number): boolean {
  let bit = 0;
  for (let k = 0; k < count; k += 1) {
    for (const block of blocks) {
      bit = endOfBlock(data, bit, block);
      if (bit > 8 * data.length) return false;
    }
  }
  const rest = data.subarray(Math.ceil(bit / 8));
  return rest.length <= PADDING || rest.every((byte) => byte === 0 || byte === 0xff);
}

/** @returns the bit after the block; infinity if there is no such code or too many coefficients */
function endOfBlock(data: Uint8Array, start: number, { dc, ac }: Block): number {
  const first = dc[next16(data, start)] ?? 0;
  if (first === 0) return Infinity;
  let bit = start + (first >> 8) + (first & 0xff);
  for (let k = 1; k < 64; k += 1) {
    const code = ac[next16(data, bit)] ?? 0;
    if (code === 0) return Infinity;
    const run = (code >> 4) & 15;
    const size = code & 15;
    bit += (code >> 8) + size;
    if (size === 0 && run !== 15) return bit;
    k += run;
    if (k > 63) return Infinity;
  }
  return bit;
}

/** Sixteen bits from a position, as if zeros followed the data. */
function next16(data: Uint8Array, bit: number): number {
  const at = bit >> 3;
  const three = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
  return (three >> (8 - (bit & 7))) & 0xffff;
}
