import { beforeEach, describe, expect, it } from 'vitest';
import { dispatch, notice, showNotice } from '../../kiosk-ui/src/state/state.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { FakeView } from '../fakes/server-parts.ts';

const words = { message: 'Session 12 discarded.', cure: 'It stays in the log.' };
const source = new FakeView();
/** The state outlives this file: a View of another start is accepted whatever its revision. */
const bootId = 'the notices';

function show(session: SessionView): void {
  source.change();
  dispatch({ type: 'view', view: { ...source.current(), bootId, session } });
}

describe('a notice', () => {
  beforeEach(() => {
    show({ state: 'ready' });
    show({ state: 'retake', reason: 'moved', picture: '/picture', id: 'twelve', source: 'camera' });
    show({ state: 'ready' });
  });

  it('stays when its own session is left', () => {
    showNotice('done', words, 'twelve');
    show({ state: 'ready' });
    expect(notice.value?.words).toEqual(words);
  });

  it('disappears with the next session: it is about another', () => {
    showNotice('done', words, 'twelve');
    show({ state: 'capturing', id: 'thirteen', source: 'camera' });
    expect(notice.value).toBeUndefined();
  });

  it('stays while one session goes on', () => {
    show({ state: 'capturing', id: 'thirteen', source: 'camera' });
    showNotice('problem', words);
    show({ state: 'retake', reason: 'moved', picture: '/picture', id: 'thirteen', source: 'camera' });
    expect(notice.value?.words).toEqual(words);
  });

  it('is not shown if its answer comes after the next session has started', () => {
    show({ state: 'capturing', id: 'thirteen', source: 'camera' });
    showNotice('done', words, 'twelve');
    expect(notice.value).toBeUndefined();
  });
});
