/**
 * Sentences laid out on leaves, in their order, each whole on one leaf.
 *
 * @param lines that fit on a leaf; a sentence longer than that has a leaf to itself
 * @param length characters of a line
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
