import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** Titles longer than this, in characters, use a smaller font. */
const LONG = 24;

interface HeadlineProps {
  readonly icon: IconName;
  readonly tone: 'caution' | 'problem' | 'calm';
  readonly title: string;
  readonly text?: string;
  readonly detail?: string;
  readonly children?: ComponentChildren;
}

/** One reason and its cure, in large type. */
export function Headline({ icon, tone, title, text, detail, children }: HeadlineProps): JSX.Element {
  return (
    <section class={`headline headline-${tone}`}>
      <Icon name={icon} />
      <h1 class={title.length > LONG ? 'headline-long' : ''}>{title}</h1>
      {text !== undefined && <p class="headline-text">{text}</p>}
      {children}
      {detail !== undefined && <p class="headline-detail">{detail}</p>}
    </section>
  );
}
