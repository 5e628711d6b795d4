import type { JSX } from 'preact';
import { notice } from '../state/state.ts';
import { Floating } from './floating.tsx';
import { Icon } from './icon.tsx';

/** A short response to a touch: what was done, or why not. Disappears automatically. */
export function NoticeBar(): JSX.Element {
  const now = notice.value;
  return (
    <div class="notice-place" role="status">
      {now !== undefined && (
        <Floating tone={now.tone} about={now}>
          <Icon name={now.tone === 'done' ? 'check' : 'warning'} />
          <span>
            <strong>{now.words.message}</strong> {now.words.cure}
          </span>
        </Floating>
      )}
    </div>
  );
}
