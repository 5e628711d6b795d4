import { Type } from '@sinclair/typebox';

/** The path of one session: `/api/sessions/:id…`. */
export const ById = Type.Object({ id: Type.String({ minLength: 1 }) });
