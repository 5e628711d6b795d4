import type { PracticeControl } from '../practice/port.ts';
import type { HttpApp } from './http.ts';
import { HttpError } from './http-error.ts';

/** What captures or selects a patient. All else, such as the log on another screen, is of sessions, of which practice has none. */
const REFUSED_ROUTES: ReadonlySet<string> = new Set([
  'POST /api/press',
  'POST /api/retake',
  'POST /api/captures',
  'POST /api/drive/:listing/files/:file/capture',
  'POST /api/context',
]);

const REFUSED_EVENTS: ReadonlySet<unknown> = new Set(['retake', 'context']);

/** The one place that decides what is refused during practice. It is never ended by anybody who does not see it. */
export class PracticeGuard {
  readonly #practice: Pick<PracticeControl, 'current'>;

  constructor(practice: Pick<PracticeControl, 'current'>) {
    this.#practice = practice;
  }

  /** Before the routes are added: the hook applies to every one of them. */
  protect(app: HttpApp): void {
    app.addHook('onRequest', (request, _answer, done) => {
      const { method, routeOptions } = request;
      const isRefused = this.#isOn() && REFUSED_ROUTES.has(`${method} ${routeOptions.url ?? ''}`);
      done(isRefused ? new HttpError('practice/on') : undefined);
    });
  }

  /**
   * @param own whether the screen is the kiosk's own: only there a press belongs to practice
   * @throws HttpError `practice/on`
   */
  checkEvent([name]: readonly unknown[], own: boolean): void {
    if (this.#isOn() && (REFUSED_EVENTS.has(name) || (name === 'press' && !own)))
      throw new HttpError('practice/on');
  }

  #isOn(): boolean {
    return this.#practice.current() !== undefined;
  }
}
