import { signal } from '@preact/signals';
import type { HelpTopic } from '../i18n/help/topics.ts';

/** The help page that is open, over the screen it explains. */
export const help = signal<HelpTopic | undefined>(undefined);
