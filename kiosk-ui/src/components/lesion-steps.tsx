import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { BODY_VIEWS, SITES, type BodySite, type BodyView } from '#protocol/body-sites.ts';
import { LABEL_MAX } from '#protocol/context.ts';
import { siteName } from '../format/sites.ts';
import { t } from '../i18n/translate.ts';
import { BodyMap } from './body-map.tsx';
import { BodyViews } from './body-views.tsx';
import { Keyboard } from './keyboard.tsx';
import { PageHead } from './page-head.tsx';
import { TouchButton } from './touch-button.tsx';
import { TypedText } from './typed-text.tsx';

interface StepProps {
  readonly title: string;
  /** Whether the lesion is the current patient's. */
  readonly ofPatient: boolean;
  /** Label of the key that goes on. */
  readonly next: string;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

interface SiteStepProps extends StepProps {
  readonly site: BodySite | undefined;
  readonly onChoose: (site: BodySite) => void;
}

/** Chooses the site of a lesion on the body map. */
export function SiteStep(props: SiteStepProps): JSX.Element {
  const { title, ofPatient, site, next, onChoose, onBack, onNext } = props;
  const [view, setView] = useState<BodyView>(() => viewOf(site));
  return (
    <main class="page site-step">
      <PageHead {...{ title, onBack, ofPatient }} help="new-lesion" />
      <div class="site-columns">
        <BodyViews view={view} onView={setView} />
        <BodyMap view={view} chosen={site} onChoose={onChoose} onView={setView} />
        <div class="site-chosen">
          <p class="site-name" aria-live="polite" data-testid="site">
            {site === undefined ? t('lesion.site.touch') : siteName(site)}
          </p>
          <TouchButton label={next} tone="main" size="large" disabled={site === undefined} onPress={onNext} />
        </div>
      </div>
    </main>
  );
}

function viewOf(site: BodySite | undefined): BodyView {
  return BODY_VIEWS.find((view) => SITES[view].some((one) => one === site)) ?? 'front';
}

interface LabelStepProps extends StepProps {
  readonly site: BodySite;
  readonly label: string;
  readonly onType: (label: string) => void;
}

/** Types the label of a lesion. */
export function LabelStep(props: LabelStepProps): JSX.Element {
  const { title, ofPatient, site, label, next, onType, onBack, onNext } = props;
  return (
    <main class="page patient-entry">
      <PageHead {...{ title, onBack, ofPatient }} help="new-lesion" />
      <TypedText label={siteName(site)} value={label} />
      <Keyboard
        writes="text"
        value={label}
        max={LABEL_MAX}
        enter={next}
        onChange={onType}
        onEnter={() => {
          if (label.trim() !== '') onNext();
        }}
      />
    </main>
  );
}
