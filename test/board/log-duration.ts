/** Prints a duration for readers of the run's output; emulation says nothing about the speed of a board. */
export function logDuration(what: string, since: number): void {
  console.info(`  ${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`);
}
