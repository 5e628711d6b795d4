import { networkInterfaces } from 'node:os';
import { Type, type Static } from '@sinclair/typebox';
import { GUIDE_STEPS, type GuideView } from '../../protocol/guide.ts';
import type { GuideControl } from '../../settings/port.ts';
import { hostOf, isLoopback } from '../guard.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { isLocalRequest, isLocalScreen } from '../local-screen.ts';
import { GuideViewSchema, GuideStepSchema } from '../schemas/guide.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';

const Go = Type.Object(
  { step: Type.Union([GuideStepSchema, Type.Null()]) },
  {
    additionalProperties: false,
    description: `One of ${GUIDE_STEPS.join(', ')}; null once it was finished or declined`,
  },
);

const READ = {
  operationId: 'getGuide',
  summary: 'The first-run guide: the step at which it was left, for the kiosk’s own screen',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('The guide', GuideViewSchema) }),
};

const GO = {
  operationId: 'goInGuide',
  summary: 'Go to a step of the first-run guide, or end it; from the kiosk’s own screen only',
  tags: ['diagnostics'],
  body: Go,
  response: writeResponses({ 200: jsonAnswer('The guide', GuideViewSchema) }, 400),
};

interface Parts {
  readonly guide: GuideControl;
  readonly config: { readonly host: string };
}

/** The first-run guide. What it changes goes through the settings, with their PIN. */
export function addGuideRoutes(app: HttpApp, { guide, config }: Parts): void {
  const viewOf = (localScreen: boolean): GuideView => ({
    step: localScreen ? guide.step() : null,
    localScreen,
    addresses: localScreen ? addressesOf(config.host, app) : [],
    fixed: localScreen ? guide.fixed() : [],
  });

  // A browser sends no Origin with a read.
  app.get('/api/guide', { schema: READ }, ({ headers, ip }) => viewOf(isLocalRequest(headers, ip)));

  app.post<{ Body: Static<typeof Go> }>('/api/guide', { schema: GO }, ({ headers, ip, body }) => {
    if (!isLocalScreen(headers, ip)) throw new HttpError('request/refused');
    guide.go(body.step);
    return viewOf(true);
  });
}

/** By which other machines reach the kiosk. */
function addressesOf(host: string, app: HttpApp): readonly string[] {
  const bound = app.server.address();
  if (bound === null || typeof bound === 'string' || isLoopback(bound.address)) return [];
  const any = bound.address === '0.0.0.0' || bound.address === '::';
  const own = Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  return (any ? own : [host]).map((address) => `http://${hostOf(address)}:${bound.port}`);
}
