import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { localDay } from '../format/dates.ts';
import { isLesionHistory } from '../connection/answers.ts';
import { historyPath, sessionPath } from '../connection/http.ts';
import { t } from '../i18n/translate.ts';
import { Switch } from './switch.tsx';
import { useFetched } from './use-fetched.ts';

/**
 * The last stored image of the lesion, translucent over the live preview, so that both are framed alike. Off by
 * default: the user must know that not everything visible is under the lens.
 */
export function Ghost({ lesion }: { readonly lesion: string }): JSX.Element | null {
  const answer = useFetched(historyPath(lesion), isLesionHistory);
  const [on, setOn] = useState(false);
  const last = answer?.ok === true ? answer.value.captures.findLast(({ pictured }) => pictured) : undefined;
  if (last === undefined) return null;
  return (
    <>
      {on && (
        <img
          class="ghost"
          src={`${sessionPath(last.id)}/picture`}
          alt={t('ghost.alt')}
          draggable={false}
          onError={() => {
            setOn(false);
          }}
        />
      )}
      <div class="ghost-switch">
        <Switch label={t('ghost', { date: localDay(last.openedAt) })} on={on} onSwitch={setOn} />
      </div>
    </>
  );
}
