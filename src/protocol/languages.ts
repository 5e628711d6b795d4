/** The languages that the screen speaks. HTTP, the log and the command line stay in English. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt'] as const;

export type Language = (typeof LANGUAGES)[number];
