import type { ComponentChildren, JSX } from 'preact';
import { ContextTag } from './context-tag.tsx';
import { Key } from './key.tsx';
import { t } from '../words/words.ts';

interface PageHeadProps {
  readonly title: string;
  readonly onBack: () => void;
  readonly children?: ComponentChildren;
}

/** The way back, always in the same corner, and where one is. */
export function PageHead({ title, onBack, children }: PageHeadProps): JSX.Element {
  return (
    <header class="page-head">
      <Key label={t('back')} icon="back" tone="quiet" onPress={onBack} />
      <h1>{title}</h1>
      {children}
      <ContextTag />
    </header>
  );
}
