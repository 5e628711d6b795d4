import type { JSX } from 'preact';
import { BODY_VIEWS, type BodyView } from '#protocol/body-sites.ts';
import { t } from '../i18n/translate.ts';

interface BodyViewsProps {
  readonly view: BodyView;
  /** How much there is in a view; shown if there is any. */
  readonly count?: (view: BodyView) => number;
  readonly onView: (view: BodyView) => void;
}

/** The views of the body, beside its map. */
export function BodyViews({ view, count = () => 0, onView }: BodyViewsProps): JSX.Element {
  return (
    <div class="body-views" role="group" aria-label={t('lesion.site.views')}>
      {BODY_VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          class="choice-button"
          aria-pressed={name === view}
          onClick={() => {
            onView(name);
          }}
        >
          <span>{t(`body.${name}`)}</span>
          {count(name) > 0 && <span class="view-count">{count(name)}</span>}
        </button>
      ))}
    </div>
  );
}
