import type { ComponentChildren, JSX } from 'preact';
import { ContextTag } from './patient-tag.tsx';
import { Key } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

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
