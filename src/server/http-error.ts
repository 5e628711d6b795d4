import { codeOf, KioskError } from '../lib/errors.ts';
import type { CommandReply } from '../protocol/events.ts';
import type { ErrorBody } from '../protocol/http.ts';
import { FAULTS, isFaultCode, type FaultCode } from '../protocol/reasons.ts';

/** The HTTP status of every fault, unless an `HttpError` overrides it. */
const STATUS: Readonly<Record<FaultCode, number>> = {
  'camera/lost': 503,
  'camera/stalled': 503,
  'camera/timeout': 503,
  'model/none': 503,
  'model/loading': 503,
  'inference/died': 503,
  'inference/timeout': 503,
  'inference/failed': 503,
  'picture/empty': 400,
  'picture/missing': 400,
  'picture/unsupported': 415,
  'picture/broken': 422,
  'picture/too-many-pixels': 422,
  'picture/too-large': 413,
  'picture/not-kept': 409,
  'picture/no-room': 507,
  'picture/key-lost': 503,
  'picture/kept-damaged': 500,
  'session/busy': 409,
  'session/repeated-press': 409,
  'session/aborted': 503,
  'session/timeout': 503,
  'session/unknown': 404,
  'session/not-assessable': 409,
  'session/picture-gone': 404,
  'reference/invalid': 422,
  'reference/taken': 409,
  'reference/unknown': 404,
  'reference/none': 409,
  'lesion/unknown': 404,
  'lesion/closed': 409,
  'lesion/contra-indicated': 409,
  'overview/under-way': 409,
  'overview/gone': 404,
  'comparison/other-lesion': 409,
  'comparison/failed': 503,
  'rescore/same-model': 409,
  'export/none': 409,
  'export/nothing': 409,
  'export/no-medium': 503,
  'export/failed': 507,
  'drive/none': 409,
  'drive/no-medium': 503,
  'drive/no-pictures': 404,
  'drive/unreadable': 503,
  'drive/changed': 409,
  'drive/own-screen': 403,
  'store/full': 503,
  'store/read-only': 503,
  'store/failed': 503,
  'settings/locked': 403,
  'settings/pinned': 409,
  'operator/locked': 401,
  'operator/unknown': 404,
  'operator/taken': 409,
  'badge/unknown': 403,
  'badge/unusable': 422,
  'pin/wrong': 403,
  'pin/wait': 429,
  'pin/weak': 400,
  'pin/own-screen': 403,
  'practice/on': 409,
  'request/refused': 403,
  'request/invalid': 400,
  'request/not-found': 404,
  'request/too-many': 429,
  'internal/error': 500,
};

/** A request answered with a fault's texts: `status` and `cure` only if they differ from the fault's own. */
export class HttpError extends KioskError {
  readonly fault: FaultCode;
  readonly status: number;
  readonly cure: string;

  constructor(fault: FaultCode, options: { status?: number; cure?: string; cause?: unknown } = {}) {
    super(fault, FAULTS[fault].message, { cause: options.cause });
    this.fault = fault;
    this.status = options.status ?? STATUS[fault];
    this.cure = options.cure ?? FAULTS[fault].cure;
  }
}

/**
 * The response for any thrown value. The error's own message stays internal: it may contain paths, and texts for users
 * are defined in one place. Errors of the HTTP parser or a validator (status 400 to 499) become `request/invalid`;
 * everything else unknown is an internal error.
 */
export function httpErrorFrom(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const code = codeOf(error);
  if (error instanceof KioskError && isFaultCode(code)) return new HttpError(code, { cause: error });
  const status = statusOf(error);
  if (status !== undefined) {
    const cure = wrongField(error);
    return new HttpError('request/invalid', {
      status,
      cause: error,
      ...(cure === undefined ? {} : { cure }),
    });
  }
  return new HttpError('internal/error', { cause: error });
}

export function bodyOf({ fault, message, cure }: HttpError): ErrorBody {
  return { error: { code: fault, message, cure } };
}

/** The same response for a command over the socket. */
export function replyOf({ fault, message, cure }: HttpError): CommandReply {
  return { ok: false, code: fault, message, cure };
}

/** For a request that does not match its schema: the field, and the allowed values. */
function wrongField(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('validation' in error) || !Array.isArray(error.validation))
    return undefined;
  const [first] = error.validation as readonly SchemaError[];
  if (first === undefined) return undefined;
  const { keyword, instancePath, params, message } = first;
  const field = quoted(instancePath.slice(1));
  switch (keyword) {
    case 'additionalProperties':
      return `Unknown field ${quoted(String(params.additionalProperty))}.`;
    case 'required':
      return `${quoted(String(params.missingProperty))} is missing.`;
    case 'enum':
      return `${field} must be one of ${(params.allowedValues as readonly unknown[]).map(String).join(', ')}.`;
    case 'false schema':
      return `${field} is not allowed here.`;
    default:
      return instancePath === '' ? undefined : `${field} ${message ?? 'is wrong'}.`;
  }
}

/** In the format of ajv. */
interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Names come from the request: a long one is truncated. */
function quoted(name: string): string {
  return `“${name.slice(0, 40)}”`;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
