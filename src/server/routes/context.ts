import type { ContextChange, ContextView } from '../../protocol/context.ts';
import { ContextChangeSchema } from '../context-change.ts';
import type { App } from '../http.ts';

/** What the server asks of the patient and the lesion that are set; `PatientContext` is it. */
export interface ContextDesk {
  change(change: ContextChange): void;
  current(): ContextView | undefined;
}

/** Whom and what the next session is about, for programs: `POST` changes it as the screen does, both answer what is set then. */
export function addContextRoutes(app: App, { context }: { readonly context: ContextDesk }): void {
  app.get('/api/context', () => ({ context: context.current() ?? null }));
  app.post<{ Body: ContextChange }>('/api/context', { schema: { body: ContextChangeSchema } }, ({ body }) => {
    context.change(body);
    return { context: context.current() ?? null };
  });
}
