import { KioskError } from '../lib/errors.ts';
import type { OpinionCommand } from '../protocol/assessments.ts';
import type { AnswerCommand, Contraindicated } from '../protocol/context.ts';
import type { Event, State } from './machine.ts';

/**
 * The event of an answer. @throws KioskError `request/invalid` if the session does not ask, or not about these: an
 * answer that comes late must not be taken as that of another session
 */
export function answerEvent(
  state: State,
  { session, found }: AnswerCommand,
  contraIndicated: Contraindicated | undefined,
): Event {
  if (state.name !== 'asking' || state.session.id !== session)
    throw new KioskError('request/invalid', 'this session asks nothing');
  const asked = state.session.asks ?? [];
  if (found?.every((code) => asked.includes(code)) === false)
    throw new KioskError('request/invalid', 'this was not asked');
  const refused = contraIndicated === 'refuse' && found !== null && found.length > 0;
  return { type: 'answered', id: session, found: found && [...new Set(found)], refused };
}

/** The event of an opinion, likewise. @param operator who gives it */
export function opinionEvent(
  state: State,
  { session, opinion }: OpinionCommand,
  operator: string | undefined,
): Event {
  if (state.name !== 'opinion' || state.session.id !== session)
    throw new KioskError('request/invalid', 'this session asks for no opinion');
  return { type: 'opined', id: session, opinion, ...(operator === undefined ? {} : { operator }) };
}
