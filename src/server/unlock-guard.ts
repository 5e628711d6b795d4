import type { OperatorControl, UnlockToken } from '../operators/port.ts';
import type { UnlockView } from '../protocol/operators.ts';
import type { OverviewView } from '../protocol/overview.ts';
import type { View } from '../protocol/view.ts';
import type { SessionControl } from '../session/port.ts';
import type { HttpApp, HttpRequest } from './http.ts';
import { HttpError } from './http-error.ts';
import { readResponses } from './schemas/responses.ts';

const COOKIE = 'kiosk-unlock';

/**
 * The routes below /api/ that need no unlock: capturing, the state of the kiosk, and unlocking. A route that is not
 * listed needs one.
 */
export const OPEN_ROUTES: ReadonlySet<string> = new Set([
  'GET /api/view',
  'POST /api/press',
  'POST /api/retake',
  'POST /api/accept',
  'POST /api/discard',
  'POST /api/dismiss',
  'POST /api/answer',
  'POST /api/opinion',
  'POST /api/captures',
  // Only the kiosk's own screen can use them; a drive belongs to whoever has plugged it in.
  'POST /api/drive',
  'GET /api/drive/:listing',
  'GET /api/drive/:listing/files/:file/thumbnail',
  'POST /api/drive/:listing/files/:file/capture',
  'GET /api/about',
  'GET /api/health',
  'GET /api/self-test',
  'POST /api/self-test/button',
  'POST /api/self-test/lamp',
  // Only where the guide was left; what it changes is a setting.
  'GET /api/guide',
  'POST /api/guide',
  // Shows simulated images, and no patient.
  'POST /api/practice',
  'GET /api/unlock',
  'POST /api/unlock',
  'DELETE /api/unlock',
]);

/** The routes that need none for the session whose result is on the screen: its image, and the consent to store it. */
export const ROUTES_OF_RESULT: ReadonlySet<string> = new Set([
  'GET /api/sessions/:id/picture',
  'PUT /api/sessions/:id/picture',
  'DELETE /api/sessions/:id/picture',
]);

/** The events of a screen that need no unlock; those of the settings have their own. An event that is not listed needs one. */
const OPEN_EVENTS: ReadonlySet<unknown> = new Set([
  ...[
    'press',
    'retake',
    'accept',
    'discard',
    'dismiss',
    'answer',
    'opinion',
    'active',
    'beat',
    'preview',
    'unlocked',
  ],
  ...['settings', 'settings-unlock', 'settings-lock', 'settings-pin', 'settings-change'],
]);

interface Parts {
  readonly operators: OperatorControl;
  readonly session: Pick<SessionControl, 'shown'>;
}

/** The one place that decides which requests and events need an unlock. */
export class UnlockGuard {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Before the routes are added: the hook applies to every one of them. */
  protect(app: HttpApp): void {
    app.addHook('onRoute', (route) => {
      // Documented where it is enforced.
      const methods = [route.method].flat();
      const response: unknown = route.schema?.response;
      if (
        !route.url.startsWith('/api/') ||
        methods.every((method) => OPEN_ROUTES.has(`${method} ${route.url}`))
      )
        return;
      route.schema = { ...route.schema, response: { ...(response as object), ...readResponses({}, 401) } };
    });
    app.addHook('onRequest', async (request) => {
      const { url = '' } = request.routeOptions;
      if (request.is404 || !url.startsWith('/api/') || this.#isOpenRoute(request)) return;
      if (this.holderOf(request) === undefined && (await this.#parts.operators.isRequired()))
        throw new HttpError('operator/locked');
    });
  }

  /** @throws HttpError `operator/locked` for an event that needs an unlock, without one */
  async checkEvent([name, argument]: readonly unknown[], token: UnlockToken | undefined): Promise<void> {
    const { operators } = this.#parts;
    const open = OPEN_EVENTS.has(name) || (name === 'context' && isClearing(argument));
    if (open || operators.holder(token) !== undefined) return;
    if (await operators.isRequired()) throw new HttpError('operator/locked');
  }

  holderOf(request: HttpRequest): UnlockView | undefined {
    return this.#parts.operators.holder(tokenIn(request.headers));
  }

  /** Who is named as the author of what a request does. */
  authorOf(request: HttpRequest): string | undefined {
    return this.holderOf(request)?.operator;
  }

  /** The View without patients and lesions, unless they may be seen. */
  viewFor(view: View, mayRead: boolean): View {
    if (mayRead || !this.#parts.operators.wasRequired()) return view;
    const rest: { context?: unknown; lastPatient?: unknown } & View = { ...view };
    delete rest.context;
    delete rest.lastPatient;
    return rest.overview === undefined ? rest : { ...rest, overview: anonymous(rest.overview) };
  }

  #isOpenRoute({ method, routeOptions, params }: HttpRequest): boolean {
    const route = `${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? ''}`;
    if (!ROUTES_OF_RESULT.has(route)) return OPEN_ROUTES.has(route);
    return this.#parts.session.shown((params as { readonly id: string }).id) !== undefined;
  }
}

/** That one is being taken, which a press would be of, but neither whose nor the image. */
function anonymous(overview: OverviewView): OverviewView {
  const rest: { of?: unknown; shot?: unknown } & OverviewView = { ...overview };
  delete rest.of;
  delete rest.shot;
  return rest;
}

/** Leaving a patient shows nothing of them. */
function isClearing(change: unknown): boolean {
  return typeof change === 'object' && change !== null && 'type' in change && change.type === 'clear';
}

/** The token of a browser's cookie, or of a program's `Authorization: Bearer`. */
export function tokenIn(headers: {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}): UnlockToken | undefined {
  const bearer = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer ?? new RegExp(`(?:^|; *)${COOKIE}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1];
}

/** Not readable by scripts, not sent from other sites; the kiosk's own screen has no TLS, so it cannot be `Secure`. */
export function cookieOf(token: UnlockToken | undefined): string {
  const age = token === undefined ? '; Max-Age=0' : '';
  return `${COOKIE}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict${age}`;
}
