import ajvCompiler from '@fastify/ajv-compiler';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchemaCompiler,
} from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { AllowedMethods } from './allowed-methods.ts';
import type { Guard } from './guard.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { bodyOf, HttpError, httpErrorFrom } from './http-error.ts';
import { TokenBucket, type BucketOptions } from './token-bucket.ts';

export type HttpApp = FastifyInstance;
export type HttpRequest = FastifyRequest;
export type HttpReply = FastifyReply;

type Validators = FastifySchemaCompiler<unknown>;

/** Maximum size of a JSON body, which has only a few fields, bytes. */
const JSON_LIMIT_BYTES = 1_000;
/** Timeout of a whole request, including an upload over a slow connection, ms. */
const REQUEST_LIMIT_MS = 60_000;
const HEADERS_LIMIT_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
const MAX_HEADER_BYTES = 8_192;
const MAX_PARAMETER_LENGTH = 64;
/** One touchscreen and a few other viewers; each browser opens up to six connections. */
const MAX_CONNECTIONS = 64;
/** How long the rest of a rejected upload is read and discarded, so that a browser gets to read the response, ms. */
const DISCARD_LIMIT_MS = 2_000;
export const WRITE_LIMIT: WriteLimit = { burst: 20, perSecond: 5 };

export type WriteLimit = Pick<BucketOptions, 'burst' | 'perSecond'>;

export interface HttpAppOptions {
  readonly guard: Guard;
  readonly writeLimit?: WriteLimit | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Fastify with the rules for every route: access, limits, and error responses. */
export function createApp(options: HttpAppOptions): HttpApp {
  const app = Fastify({
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    return503OnClosing: false,
    http: { headersTimeout: HEADERS_LIMIT_MS, maxHeaderSize: MAX_HEADER_BYTES },
    // Plugins are files on disk: a busy board loads them slowly (ten seconds in emulation), but must start all the
    // same.
    pluginTimeout: 0,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // A URL that cannot be decoded reaches no hook.
    frameworkErrors: (error, request, answer) => {
      const known = options.guard.allowsHost(request.headers);
      refuse(known ? new HttpError('request/invalid', { cause: error }) : misdirected(), answer);
    },
    clientErrorHandler: answerBrokenRequest,
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validators());
  // Response schemas document and are checked in tests. Fastify's own serializer would drop what a schema does not list.
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  addEntrance(app, options);
  addRefusals(app, options);
  return app;
}

/** Values in a URL are text and are converted to numbers; values in a JSON body already have a type. */
function validators(): Validators {
  const build = ajvCompiler();
  const text = build({}, { customOptions: { removeAdditional: false } }) as Validators;
  const json = build({}, { customOptions: { removeAdditional: false, coerceTypes: false } }) as Validators;
  return (route) => (route.httpPart === 'body' ? json(route) : text(route));
}

/** The first hook, before any route, file or parser: headers, Host, and for writes Origin and rate. */
function addEntrance(app: HttpApp, { guard, clock, writeLimit = WRITE_LIMIT }: HttpAppOptions): void {
  const writes = new TokenBucket({ ...writeLimit, clock });
  app.addHook('onRequest', (request, answer, done) => {
    answer.headers(SECURITY_HEADERS);
    if (!guard.allowsHost(request.headers)) throw misdirected();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (!guard.allowsOrigin(request.headers)) throw new HttpError('request/refused');
      if (!writes.take()) throw new HttpError('request/too-many');
    }
    done();
  });
}

function addRefusals(app: HttpApp, { clock, log }: HttpAppOptions): void {
  const methods = new AllowedMethods();
  app.addHook('onRoute', ({ url, method }) => {
    methods.add(url, method);
  });
  // Before any body is read: what is wrong with it does not matter.
  app.addHook('onRequest', ({ is404, url }, answer, done) => {
    const allowed = is404 ? methods.at(url).join(', ') : '';
    if (allowed !== '') {
      answer.header('allow', allowed);
      throw new HttpError('request/invalid', { status: 405, cure: `This address takes ${allowed}.` });
    }
    done();
  });
  app.setNotFoundHandler(() => {
    throw new HttpError('request/not-found');
  });
  app.setErrorHandler((error, request, answer) => {
    const refusal = httpErrorFrom(error);
    if (refusal.fault === 'internal/error') {
      log.error({ route: request.routeOptions.url, error: describe(error) }, 'a request failed');
    }
    answer.raw.once('finish', () => {
      discardRest(request, clock);
    });
    return refuse(refusal, answer);
  });
}

function refuse(refusal: HttpError, answer: HttpReply): HttpReply {
  if (refusal.status === 429) answer.header('retry-after', '1');
  return answer.code(refusal.status).headers(SECURITY_HEADERS).send(bodyOf(refusal));
}

function misdirected(): HttpError {
  return new HttpError('request/refused', { status: 421 });
}

/**
 * Browsers read a response only after they have sent everything: closing immediately would show them a reset instead of
 * the reason. Remaining data is discarded for a short while, then the connection is closed.
 */
function discardRest({ raw }: HttpRequest, clock: Clock): void {
  if (raw.complete || raw.destroyed) return;
  raw.resume();
  const cancel = clock.after(DISCARD_LIMIT_MS, () => {
    raw.socket.destroy();
  });
  raw.once('close', cancel).once('end', cancel);
}

/** Invalid HTTP, or a request that times out, gets a short response directly on the socket. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
  const body = JSON.stringify(bodyOf(new HttpError('request/invalid', { status })));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
