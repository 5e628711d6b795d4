/** How long things took, for whoever reads the run's output: emulation is no measure of a board. */
export function tell(what: string, since: number): void {
  console.info(`  ${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`);
}
