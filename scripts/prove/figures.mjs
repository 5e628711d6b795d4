import { appendFileSync } from 'node:fs';

/** Figures of a proof that are worth keeping in its record; nothing where no proof is being run. */
export function keepFigures(figures) {
  const file = process.env.KIOSK_PROOF_FIGURES;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figures)}\n`);
}
