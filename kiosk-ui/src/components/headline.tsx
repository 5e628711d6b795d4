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
  /** `h2` below another heading. */
  readonly heading?: 'h1' | 'h2';
  readonly children?: ComponentChildren;
}

/** One reason and its cure, in large type. */
export function Headline({
  icon,
  tone,
  title,
  text,
  detail,
  heading: Heading = 'h1',
  children,
}: HeadlineProps): JSX.Element {
  return (
    <section class={`headline headline-${tone}`}>
      <Icon name={icon} />
      <Heading class={title.length > LONG ? 'headline-title headline-long' : 'headline-title'}>
        {title}
      </Heading>
      {text !== undefined && <p class="headline-text">{text}</p>}
      {children}
      {detail !== undefined && <p class="headline-detail">{detail}</p>}
    </section>
  );
}
