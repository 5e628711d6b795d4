import type { JSX } from 'preact';
import { boardCondition, contraindicationCondition, type Condition } from '../format/conditions.ts';
import { view } from '../state/state.ts';
import { Icon } from './icon.tsx';

/**
 * What the board warns of and what speaks against the answer, quietly, beside an answer that neither changes; the ready screen says it at length.
 *
 * @param brief by its title alone, where a line more would take room from the answer
 */
export function BoardLine({ brief = false }: { readonly brief?: boolean }): JSX.Element | null {
  if (view.value === undefined) return null;
  const contra = contraindicationCondition(view.value);
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
