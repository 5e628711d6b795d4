import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { NAME_MAX, type OperatorChange, type OperatorView } from '#protocol/operators.ts';
import { isFitPin, OPERATOR_PIN_LENGTH } from '#protocol/pin.ts';
import type { Words } from '#protocol/words.ts';
import { Icon } from '../components/icon.tsx';
import { Keyboard } from '../components/keyboard.tsx';
import { Paged } from '../components/paged.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { Switch } from '../components/switch.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { isOperatorList } from '../connection/answers.ts';
import type { FetchResult } from '../connection/http.ts';
import { addOperator, changeOperator } from '../connection/unlock.ts';
import { receiveScans } from '../input/scans.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { PinPad } from './settings-pin.tsx';

/** Rows that fit beside the pager. */
const ROWS = 4;

export type Edited = 'new' | OperatorView;

/** The operators; one is added, or chosen to be edited. */
export function OperatorList({ onEdit }: { readonly onEdit: (edited: Edited) => void }): JSX.Element {
  const answer = useFetched('/api/operators', isOperatorList);
  if (answer?.ok !== true) return <Pending answer={answer} />;
  return (
    <div class="operators">
      <div class="operators-head">
        <p class="small">{t('operators.text')}</p>
        <TouchButton
          label={t('operators.add')}
          icon="add"
          onPress={() => {
            onEdit('new');
          }}
        />
      </div>
      <Paged rows={answer.value.operators} perPage={ROWS}>
        {(shown) => (
          <ol class="operators-rows">
            {shown.map((operator) => (
              <li key={operator.id}>
                <button
                  type="button"
                  class="row operators-row"
                  onClick={() => {
                    onEdit(operator);
                  }}
                >
                  <strong>{operator.name}</strong>
                  <span class="row-quiet">{inWords(operator)}</span>
                  <Icon name="open" />
                </button>
              </li>
            ))}
          </ol>
        )}
      </Paged>
    </div>
  );
}

function inWords({ active, settings, badge, pin }: OperatorView): string {
  if (!active) return t('operators.inactive');
  return [
    ...(badge ? [t('operators.badge')] : []),
    ...(pin ? [t('settings.enter')] : []),
    ...(settings ? [t('settings.title')] : []),
  ].join(' · ');
}

type Step = 'menu' | 'name' | 'secret';

interface EditorProps {
  readonly edited: Edited;
  readonly onDone: () => void;
}

/** One operator: name, badge or PIN, rights. */
export function OperatorEditor({ edited, onDone }: EditorProps): JSX.Element {
  const [operator, setOperator] = useState(edited === 'new' ? undefined : edited);
  const [step, turnTo] = useState<Step>(operator === undefined ? 'name' : 'menu');
  const [name, setName] = useState(operator?.name ?? '');
  const [problem, setProblem] = useState<Words>();
  const save = async (change: OperatorChange): Promise<void> => {
    const answer: FetchResult<unknown> =
      operator === undefined
        ? await addOperator({ name, ...(change as { readonly badge?: string; readonly pin?: string }) })
        : await changeOperator(operator.id, change);
    if (!answer.ok) {
      setProblem(answer.words);
      showNotice('problem', answer.words);
      // A name that is taken is corrected where it was typed.
      if (operator === undefined && answer.code === 'operator/taken') turnTo('name');
      return;
    }
    setProblem(undefined);
    if (operator === undefined) onDone();
    else {
      setOperator(answer.value as OperatorView);
      turnTo('menu');
    }
  };
  return (
    <main class="page settings settings-locked">
      <PageHead
        title={name === '' ? t('operators.add') : name}
        onBack={() => {
          if (operator === undefined || step === 'menu') onDone();
          else turnTo('menu');
        }}
      />
      {step === 'name' && (
        <div class="operators-name">
          <TypedText label={t('operators.name')} value={name} />
          <Keyboard
            writes="text"
            value={name}
            max={NAME_MAX}
            enter={t('settings.next')}
            onChange={setName}
            onEnter={() => {
              if (operator === undefined) turnTo('secret');
              else void save({ name });
            }}
          />
        </div>
      )}
      {step === 'secret' && (
        <Secret problem={problem} onProblem={setProblem} onEnter={(it) => void save(it)} />
      )}
      {step === 'menu' && operator !== undefined && (
        <Menu operator={operator} onTurn={turnTo} onChange={(change) => void save(change)} />
      )}
    </main>
  );
}

function Menu({
  operator,
  onTurn,
  onChange,
}: {
  readonly operator: OperatorView;
  readonly onTurn: (step: Step) => void;
  readonly onChange: (change: OperatorChange) => void;
}): JSX.Element {
  return (
    <div class="settings-group">
      <TouchButton
        label={t('operators.rename')}
        onPress={() => {
          onTurn('name');
        }}
      />
      <TouchButton
        label={t('operators.secret')}
        onPress={() => {
          onTurn('secret');
        }}
      />
      <Switch
        label={t('operators.settings')}
        on={operator.settings}
        onSwitch={(settings) => {
          onChange({ settings });
        }}
      />
      <Switch
        label={t('operators.active')}
        on={operator.active}
        onSwitch={(active) => {
          onChange({ active });
        }}
      />
      <p class="small">{t('operators.kept')}</p>
    </div>
  );
}

interface SecretProps {
  readonly problem: Words | undefined;
  readonly onProblem: (problem: Words | undefined) => void;
  readonly onEnter: (secret: { readonly badge: string } | { readonly pin: string }) => void;
}

/** A scanned badge, or a PIN that is entered twice. */
function Secret({ problem, onProblem, onEnter }: SecretProps): JSX.Element {
  const [first, setFirst] = useState<string>();
  const [scans, count] = useState(0);
  useLayoutEffect(
    () =>
      receiveScans((badge) => {
        setFirst(undefined);
        // The scanner has typed its code into the PIN as well.
        count((before) => before + 1);
        onEnter({ badge });
      }),
    [],
  );
  const enter = (pin: string): void => {
    onProblem(undefined);
    if (first === undefined) {
      if (isFitPin(pin, OPERATOR_PIN_LENGTH)) setFirst(pin);
      else onProblem(wordsOf('pin/weak'));
      return;
    }
    setFirst(undefined);
    if (first === pin) onEnter({ pin });
    else onProblem({ message: t('settings.differ'), cure: t('settings.differ.cure') });
  };
  return (
    <PinPad
      key={`${first === undefined ? 'first' : 'again'} ${scans}`}
      title={t('operators.secret')}
      text={t('operators.secret.text')}
      label={t(first === undefined ? 'settings.enter' : 'settings.again')}
      enter={t(first === undefined ? 'settings.next' : 'settings.set')}
      problem={problem}
      onEnter={enter}
    />
  );
}
