import type { JSX } from 'preact';
import { boardCondition } from '../conditions.ts';
import { view } from '../state.ts';
import { Icon } from './icon.tsx';

/**
 * What the board warns of, quietly, beside an answer that it does not change; the ready screen says it at length.
 *
 * @param brief by its title alone, where a line more would take room from the answer
 */
export function BoardLine({ brief = false }: { readonly brief?: boolean }): JSX.Element | null {
  const condition = view.value && boardCondition(view.value);
  if (condition === undefined) return null;
  return (
    <p class="board-line" data-testid="board-line">
      <Icon name="warning" />
      <span>
        <strong>{condition.title}</strong>
        {!brief && ` ${condition.words.message}`}
      </span>
    </p>
  );
}
