import multipart, { type MultipartFile } from '@fastify/multipart';
import { systemCode } from '../lib/errors.ts';
import { imageTypeOf, type EncodedImage } from '../lib/image-signature.ts';
import { FAULTS } from '../protocol/reasons.ts';
import type { HttpApp, HttpRequest } from './http.ts';
import { HttpError } from './http-error.ts';

const FIELD = 'file';
/** For the documents of `docs/api`; what is sent is not parsed by it. */
export const FORM_SCHEMA = {
  type: 'object',
  required: [FIELD],
  properties: { [FIELD]: { type: 'string', format: 'binary', description: 'PNG or JPEG' } },
};

/** An image is one file in one field; a form may have a few other small fields, which are ignored. */
const MAX_FIELDS = 8;
const MAX_FIELD_BYTES = 1_000;
const MAX_FIELD_NAME_BYTES = 100;
/** Boundaries, headers and the other fields around the file, bytes. */
const FORM_SLACK_BYTES = 64_000;

export function addMultipart(app: HttpApp): void {
  void app.register(multipart);
}

/** Rejects requests that are not forms before reading a byte. */
export function requireMultipart({ headers }: HttpRequest): void {
  if (/^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '')) return;
  throw new HttpError('request/invalid', { status: 415, cure: FAULTS['picture/missing'].cure });
}

/**
 * The bytes of the only file of a form, held in memory only.
 *
 * @param maxBytes reading stops at the first byte beyond it
 * @throws HttpError `picture/missing`, `picture/empty` or `picture/too-large`, or `request/invalid` for an invalid
 *   form
 */
export async function receiveFile(request: HttpRequest, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes + FORM_SLACK_BYTES) throw tooLarge(maxBytes);
  let file: Buffer | undefined;
  try {
    for await (const part of request.parts({ limits: limitsFor(maxBytes) })) {
      if (part.type !== 'file') continue;
      if (part.fieldname === FIELD) file = await read(part, maxBytes);
      else part.file.resume();
    }
  } catch (error) {
    throw formError(error, maxBytes);
  }
  if (file === undefined) throw new HttpError('picture/missing');
  if (file.length === 0) throw new HttpError('picture/empty');
  return file;
}

/** The only image of a form. @throws HttpError as `receiveFile`, and `picture/unsupported` */
export async function receiveImage(request: HttpRequest, maxBytes: number): Promise<EncodedImage> {
  const bytes = await receiveFile(request, maxBytes);
  const contentType = imageTypeOf(bytes);
  if (contentType === undefined) throw new HttpError('picture/unsupported');
  return { bytes, contentType };
}

/** `undefined` for what a browser sends if no file was chosen: a part without a name and without bytes. */
async function read({ file, filename }: MultipartFile, maxBytes: number): Promise<Buffer | undefined> {
  const refuse = (): void => {
    file.destroy(tooLarge(maxBytes));
  };
  // A small file may reach its limit before a listener can be attached.
  if (file.truncated) refuse();
  else file.once('limit', refuse);
  const chunks: Buffer[] = [];
  for await (const chunk of file as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return bytes.length === 0 && !filename ? undefined : bytes;
}

function limitsFor(fileSize: number): Record<string, number> {
  return {
    fileSize,
    files: 1,
    fields: MAX_FIELDS,
    parts: MAX_FIELDS + 1,
    fieldSize: MAX_FIELD_BYTES,
    fieldNameSize: MAX_FIELD_NAME_BYTES,
  };
}

/** The setting may be lower than the limit named in the fault's text. */
function tooLarge(maxBytes: number): HttpError {
  return new HttpError('picture/too-large', { cure: `Use a file of at most ${maxBytes / 1_000_000} MB.` });
}

/** The parser's limits with texts of their own; any other parser error is the sender's fault as well. */
function formError(error: unknown, maxBytes: number): HttpError {
  if (error instanceof HttpError) return error;
  switch (systemCode(error)) {
    case 'FST_FILES_LIMIT':
      return new HttpError('request/invalid', { cure: 'Send one image at a time.', cause: error });
    case 'FST_REQ_FILE_TOO_LARGE':
      return tooLarge(maxBytes);
    default:
      return new HttpError('request/invalid', { cause: error });
  }
}
