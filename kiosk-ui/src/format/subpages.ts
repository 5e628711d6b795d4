/**
 * Splits sentences into subpages, in order, without breaking a sentence.
 *
 * @param lines that fit on a subpage; a longer sentence gets a subpage of its own
 * @param length characters per line
 */
export function subpagesOf(
  sentences: readonly string[],
  lines: number,
  length: number,
): readonly (readonly string[])[] {
  const leaves: string[][] = [];
  let left = 0;
  for (const sentence of sentences) {
    const needed = Math.ceil(sentence.length / length);
    if (needed > left) {
      leaves.push([]);
      left = lines;
    }
    leaves.at(-1)?.push(sentence);
    left -= needed;
  }
  return leaves;
}
