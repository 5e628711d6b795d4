import type { ContextChange, ContextView } from '../../protocol/context.ts';
import { ContextChangeSchema } from '../context-change.ts';
import type { HttpApp } from '../http.ts';

/** What the server asks of the patient and the lesion that are set; `CurrentPatient` is it. */
export interface PatientControl {
  change(change: ContextChange): void;
  current(): ContextView | undefined;
}

/** Whom and what the next session is about, for programs: `POST` changes it as the screen does, both answer what is set then. */
export function addContextRoutes(app: HttpApp, { context }: { readonly context: PatientControl }): void {
  app.get('/api/context', () => ({ context: context.current() ?? null }));
  app.post<{ Body: ContextChange }>('/api/context', { schema: { body: ContextChangeSchema } }, ({ body }) => {
    context.change(body);
    return { context: context.current() ?? null };
  });
}
