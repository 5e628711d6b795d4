/**
 * `off`: an image is kept in memory until its result is closed; `ask`: stored if the patient consents; `always`:
 * stored, with consent obtained elsewhere.
 */
export const RETENTION_MODES = ['off', 'ask', 'always'] as const;

export type RetentionMode = (typeof RETENTION_MODES)[number];
