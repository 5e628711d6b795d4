/** Larger frames are dropped: no supported camera sends one, but a corrupt stream may. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

const MARKER = 0xff;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/**
 * Splits a stream of concatenated JPEGs into images, however it is chunked. Marker segments are skipped by length, so
 * an embedded thumbnail or a comment containing SOI or EOI does not split an image.
 *
 * @see ITU-T T.81, annex B (marker segments, byte stuffing in entropy-coded data)
 */
export class MjpegSplitter {
  #buffer: Uint8Array = new Uint8Array(64 * 1024);
  #length = 0;
  /** Where to search for the next marker; everything before it belongs to the current image. */
  #scan = 0;
  #inPicture = false;
  #inEntropy = false;

  /** @returns the images completed by this chunk, each a copy */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#append(chunk);
    const pictures: Uint8Array[] = [];
    for (;;) {
      if (!this.#inPicture && !this.#findStart()) break;
      const end = this.#findEnd();
      if (end === undefined) break;
      if (end > 0) pictures.push(this.#buffer.slice(0, end));
      // A broken image is discarded as a whole: its thumbnail must not pass for an image.
      this.#drop(end > 0 ? end : this.#scan);
    }
    if (this.#length > MAX_FRAME_BYTES) this.#drop(this.#length);
    return pictures;
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = needed;
  }

  /** Drops bytes from the front and searches for the next image. */
  #drop(count: number): void {
    this.#buffer.copyWithin(0, count, this.#length);
    this.#length = Math.max(0, this.#length - count);
    this.#scan = 0;
    this.#inPicture = false;
    this.#inEntropy = false;
  }

  #findStart(): boolean {
    for (let i = 0; i + 1 < this.#length; i += 1) {
      if (this.#buffer[i] === MARKER && this.#buffer[i + 1] === SOI) {
        this.#drop(i);
        this.#inPicture = true;
        this.#scan = 2;
        return true;
      }
    }
    // The last byte may be the first half of a start marker.
    this.#drop(Math.max(0, this.#length - 1));
    return false;
  }

  /** The length of the image; 0 if it is not a JPEG after all; `undefined` while more bytes are needed. */
  #findEnd(): number | undefined {
    for (;;) {
      const marker = this.#inEntropy ? this.#nextMarkerInEntropy() : this.#markerHere();
      if (marker === undefined) return undefined;
      if (marker === 0) return 0;
      if (marker === EOI) return this.#scan + 2;
      if (this.#scan + 4 > this.#length) return undefined;
      const size = ((this.#buffer[this.#scan + 2] ?? 0) << 8) | (this.#buffer[this.#scan + 3] ?? 0);
      if (size < 2) return 0;
      if (this.#scan + 2 + size > this.#length) return undefined;
      this.#scan += 2 + size;
      this.#inEntropy = marker === SOS;
    }
  }

  /** Between segments there must be a marker right here (apart from fill bytes); 0 if there is not. */
  #markerHere(): number | undefined {
    while (this.#scan + 1 < this.#length) {
      if (this.#buffer[this.#scan] !== MARKER) return 0;
      const code = this.#buffer[this.#scan + 1] ?? 0;
      if (code !== MARKER) return code === SOI || code === 0 ? 0 : code;
      this.#scan += 1;
    }
    return undefined;
  }

  /** In entropy-coded data FF00 is a stuffed byte and FFD0–FFD7 are restart markers; anything else is a marker. */
  #nextMarkerInEntropy(): number | undefined {
    while (this.#scan + 1 < this.#length) {
      const at = this.#buffer.subarray(0, this.#length - 1).indexOf(MARKER, this.#scan);
      if (at < 0) {
        this.#scan = this.#length - 1;
        return undefined;
      }
      this.#scan = at;
      const code = this.#buffer[at + 1] ?? 0;
      if (code === SOI) return 0;
      if (code !== 0 && code !== MARKER && !(code >= 0xd0 && code <= 0xd7)) return code;
      this.#scan += code === MARKER ? 1 : 2;
    }
    return undefined;
  }
}
