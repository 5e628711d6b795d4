/** `off`: a picture lives in memory until its result is left; `ask`: kept where the patient consents; `always`: kept, consent being had elsewhere. */
export const RETENTION_MODES = ['off', 'ask', 'always'] as const;

export type RetentionMode = (typeof RETENTION_MODES)[number];
