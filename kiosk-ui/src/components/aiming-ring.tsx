import type { JSX } from 'preact';
import type { Framing } from '#protocol/framing.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** From this fraction of its limit a level is shown before it is a problem. */
const SHOWN_FROM = 0.7;

interface AimingRingProps {
  readonly busy: boolean;
  /** What a press now would find, if known. */
  readonly framing?: Framing | undefined;
}

/**
 * Where to place the lesion; rotates while the image is captured and assessed. While framing, the ring closes as the image becomes sharp, and is
 * green with a tick when a press would pass.
 */
export function AimingRing({ busy, framing }: AimingRingProps): JSX.Element {
  const closed = framing === undefined || busy ? 1 : Math.min(1, framing.focus);
  return (
    <>
      <svg
        class={`ring ${ringClass(busy, framing)}`}
        data-testid="ring"
        data-reason={framing?.reason ?? (framing === undefined ? 'unknown' : 'none')}
        viewBox="0 0 100 100"
        aria-hidden="true"
        focusable="false"
      >
        <circle class="ring-shade" cx="50" cy="50" r="36" />
        <circle
          class="ring-line"
          cx="50"
          cy="50"
          r="36"
          {...(busy || closed === 1 ? {} : { pathLength: 1, 'stroke-dasharray': `${closed} 1` })}
        />
        <path class="ring-ticks" d="M50 11v5M50 84v5M11 50h5M84 50h5" />
      </svg>
      {!busy && framing !== undefined && <FramingWords framing={framing} />}
    </>
  );
}

function ringClass(busy: boolean, framing: Framing | undefined): string {
  if (busy) return 'ring-busy';
  if (framing === undefined) return '';
  return framing.reason === undefined ? 'ring-good' : 'ring-poor';
}

/** Not a live region: it changes several times per second. */
function FramingWords({ framing }: { readonly framing: Framing }): JSX.Element {
  const { reason, glare = 0, hair = 0 } = framing;
  return (
    <div class={`framing ${reason === undefined ? 'framing-good' : 'framing-poor'}`} data-testid="framing">
      <Icon name={reason === undefined ? 'check' : 'warning'} />
      <span>{reason === undefined ? t('framing.good') : wordsOf(reason).message}</span>
      {reason === undefined && glare >= SHOWN_FROM && <Level name={t('framing.glare')} />}
      {reason === undefined && hair >= SHOWN_FROM && <Level name={t('framing.hair')} />}
    </div>
  );
}

/** Close to its limit. */
function Level({ name }: { readonly name: string }): JSX.Element {
  return <span class="framing-level">{name}</span>;
}
