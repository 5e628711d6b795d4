/** A decoded image: 8-bit sRGB, rows from the top, three bytes per pixel. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** Length `width * height * 3`. */
  readonly data: Uint8Array;
}
