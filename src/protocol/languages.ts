/** The languages of the screen. HTTP, the log and the command line are in English. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt'] as const;

export type Language = (typeof LANGUAGES)[number];
