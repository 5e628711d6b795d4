import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionDetail } from '#protocol/http.ts';
import type { Showing } from '#protocol/view.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { AssignPage } from './assign-page.tsx';
import { Icon } from './icon.tsx';
import { PatientTag } from './patient-tag.tsx';
import { TouchButton } from './touch-button.tsx';

interface AssignButtonProps {
  readonly detail: SessionDetail;
  readonly onAssigned: (detail: SessionDetail) => void;
}

/** On a session's page: says whose it is, or corrects it. */
export function AssignButton({ detail, onAssigned }: AssignButtonProps): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <TouchButton
        label={t('assign')}
        icon="patient"
        onPress={() => {
          setOpen(true);
        }}
      />
      {open && (
        <AssignPage
          {...detail}
          reference={detail.context?.reference}
          onAssigned={onAssigned}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** Beside a result: whose it is, which is the current patient; a touch corrects it. */
export function WhoseButton({ session: { id, number } }: { readonly session: Showing }): JSX.Element {
  const [open, setOpen] = useState(false);
  const reference = view.value?.context?.reference;
  return (
    <>
      <button
        type="button"
        class="context-button"
        data-testid="assign"
        onClick={() => {
          setOpen(true);
        }}
      >
        {reference === undefined ? (
          <>
            <Icon name="patient" />
            <span>{t('assign.none')}</span>
          </>
        ) : (
          <PatientTag />
        )}
      </button>
      {open && number !== undefined && (
        <AssignPage
          {...{ id, number, reference }}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
