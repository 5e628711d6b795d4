import { Type } from '@sinclair/typebox';
import type { Assignment, ContextChange, ContextView, LesionView } from '../../protocol/context.ts';
import type { LesionEdit, LesionRecord } from '../../protocol/lesion.ts';
import type { PatientChange } from '../../protocol/patient-details.ts';
import { ContextChangeSchema } from '../context-change.ts';
import type { HttpApp } from '../http.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { exact } from '../schemas/schema-for.ts';
import { ContextViewSchema } from '../schemas/view.ts';

const Current = jsonAnswer(
  'The selected patient and lesion; null if none is selected',
  Type.Object({ context: Type.Union([ContextViewSchema, Type.Null()]) }, exact),
);

const READ = {
  operationId: 'getContext',
  summary: 'The patient and the lesion of the next session',
  tags: ['context'],
  response: readResponses({ 200: Current }),
};

const CHANGE = {
  operationId: 'changeContext',
  summary: 'Select or clear the patient or the lesion of the next session',
  tags: ['context'],
  body: ContextChangeSchema,
  response: writeResponses({ 200: Current }, 404, 409, 422, 503),
};

/** The part of `CurrentPatient` that the server needs. */
export interface PatientControl {
  change(change: ContextChange): void;
  current(): ContextView | undefined;
  retake<T>(press: () => T): T;
  describe(id: string, change: PatientChange, operator?: string): void;
  editLesion(id: string, edit: LesionEdit, operator?: string): LesionRecord;
  assign(session: string, to: Assignment, operator?: string): readonly LesionView[];
}

/**
 * Patient and lesion of the next session, for programs: `POST` changes them as the screen does; both respond with the
 * current ones.
 */
export function addContextRoutes(app: HttpApp, { context }: { readonly context: PatientControl }): void {
  app.get('/api/context', { schema: READ }, () => ({ context: context.current() ?? null }));
  app.post<{ Body: ContextChange }>('/api/context', { schema: CHANGE }, ({ body }) => {
    context.change(body);
    return { context: context.current() ?? null };
  });
}
