import type { JSX } from 'preact';
import { boardCondition, contraindicationCondition, type Condition } from '../format/conditions.ts';
import { view } from '../state/state.ts';
import { Icon } from './icon.tsx';

/**
 * One line with board warnings and contraindications beside a result, which neither changes; the ready screen shows
 * them in full.
 *
 * @param brief show the title alone, where another line would not fit
 * @param contra whether to show contraindications; a result has a band for them
 */
export function BoardLine({
  brief = false,
  contra: hasContra = true,
}: {
  readonly brief?: boolean;
  readonly contra?: boolean;
}): JSX.Element | null {
  if (view.value === undefined) return null;
  const contra = hasContra ? contraindicationCondition(view.value) : undefined;
  const board = boardCondition(view.value);
  return (
    <>
      {contra !== undefined && <Line condition={contra} brief={brief} name="contra-line" />}
      {board !== undefined && <Line condition={board} brief={brief} name="board-line" />}
    </>
  );
}

interface LineProps {
  readonly condition: Condition;
  readonly brief: boolean;
  readonly name: string;
}

function Line({ condition, brief, name }: LineProps): JSX.Element {
  return (
    <p class="board-line" data-testid={name}>
      <Icon name="warning" />
      <span>
        <strong>{condition.title}</strong>
        {!brief && ` ${condition.words.message}`}
      </span>
    </p>
  );
}
