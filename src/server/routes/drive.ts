import { Type, type Static } from '@sinclair/typebox';
import type { Thumbnailer } from '../../classifier/port.ts';
import type { ImageDrive } from '../../drive/port.ts';
import type { Clock } from '../../lib/clock.ts';
import { codeOf } from '../../lib/errors.ts';
import type { Turns } from '../../lib/turns.ts';
import type { CaptureAnswer, DriveListing } from '../../protocol/http.ts';
import type { OverviewControl } from '../../overview/port.ts';
import type { SessionControl } from '../../session/port.ts';
import type { HttpApp, HttpRequest } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { isLocalRequest, isLocalScreen } from '../local-screen.ts';
import { DriveListingSchema, DrivePageSchema } from '../schemas/reports.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { CaptureAnswerSchema } from '../schemas/sessions.ts';
import { OverviewViewSchema } from '../schemas/view.ts';
import { untilClosed } from '../until-closed.ts';
import { captureAnswer } from './captures.ts';

/** Longest side of a thumbnail, pixels: a quarter of the width of a 1280 × 800 screen. */
const THUMBNAIL_SIDE = 320;
/** The inference process died or hung on an image. */
const FATAL: readonly string[] = ['inference/died', 'inference/timeout'];

/** As `ImageDrive` draws them; a longer path parameter would be refused before it is looked up. */
const Listing = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });
const OfListing = Type.Object({ listing: Listing });
const OfFile = Type.Object({ listing: Listing, file: Type.Integer({ minimum: 0, maximum: 100_000 }) });
const From = Type.Object(
  { from: Type.Integer({ minimum: 0, default: 0, description: 'The `next` of the page before' }) },
  { additionalProperties: false },
);

const LIST = {
  operationId: 'listDrive',
  summary: 'Search the USB drive for images; from the kiosk’s own screen only',
  tags: ['capture'],
  response: writeResponses(
    {
      200: jsonAnswer(
        'The newest images; `listing` is null for another screen, and if no folder is configured',
        DriveListingSchema,
      ),
    },
    404,
    503,
  ),
};

const PAGE = {
  operationId: 'getDrivePage',
  summary: 'A further page of the last listing of the USB drive',
  tags: ['capture'],
  params: OfListing,
  querystring: From,
  response: readResponses({ 200: jsonAnswer('A page', DrivePageSchema) }, 400, 403, 409, 503),
};

const THUMBNAIL = {
  operationId: 'getDriveThumbnail',
  summary: 'A thumbnail of an image on the USB drive',
  tags: ['capture'],
  params: OfFile,
  response: readResponses(
    {
      200: {
        description: 'The thumbnail',
        content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } },
      },
    },
    ...([400, 403, 409, 413, 415, 422, 503] as const),
  ),
};

const CAPTURE = {
  operationId: 'captureFromDrive',
  summary: 'Classify an image on the USB drive, like an upload',
  tags: ['capture'],
  params: OfFile,
  response: writeResponses(
    { 200: jsonAnswer('The result, or why the image must be retaken', CaptureAnswerSchema) },
    409,
    422,
    503,
  ),
};

const ForOverview = Type.Object({ ...OfFile.properties, overview: Type.String({ minLength: 1 }) });

const OVERVIEW = {
  operationId: 'takeOverviewFromDrive',
  summary: 'Take an image on the USB drive as the overview image',
  tags: ['lesions'],
  params: ForOverview,
  response: writeResponses(
    { 200: jsonAnswer('The held image', OverviewViewSchema) },
    ...([404, 409, 422, 503] as const),
  ),
};

interface Parts {
  readonly session: SessionControl;
  readonly overview: Pick<OverviewControl, 'receive'>;
  /** `undefined` if no folder is configured. */
  readonly drive: ImageDrive | undefined;
  readonly thumbnails: Thumbnailer;
  /** Thumbnails are drawn one at a time, so that a press waits for one at most. */
  readonly turns: Turns;
  readonly clock: Clock;
}

interface ForListing {
  Params: Static<typeof OfListing>;
  Querystring: Static<typeof From>;
}

interface ForFile {
  Params: Static<typeof OfFile>;
}

/**
 * Images on a USB drive, for the kiosk's own screen, whose browser opens no file dialog. A listing is given to a page
 * whose Origin shows that it is open on the kiosk; its random id admits the later reads, which carry no Origin.
 */
export function addDriveRoutes(
  app: HttpApp,
  { session, overview, drive, thumbnails, turns, clock }: Parts,
): void {
  /** Files of the last listing that ended the inference process: it would end again. */
  const fatal = new Set<number>();

  app.post('/api/drive', { schema: LIST }, async ({ headers, ip }): Promise<DriveListing> => {
    const localScreen = isLocalScreen(headers, ip);
    if (!localScreen || drive === undefined) return { listing: null, localScreen };
    const page = await drive.list();
    fatal.clear();
    return page;
  });

  app.get<ForListing>('/api/drive/:listing', { schema: PAGE }, (request) =>
    require(request).page(request.params.listing, request.query.from),
  );

  app.get<ForFile>(
    '/api/drive/:listing/files/:file/thumbnail',
    { schema: THUMBNAIL },
    async (request, answer) => {
      const source = require(request);
      const { listing, file } = request.params;
      const signal = untilClosed(answer);
      const jpeg = await turns.take(async () => {
        signal.throwIfAborted();
        if (fatal.has(file)) throw new HttpError('picture/broken');
        const { bytes } = await source.read(listing, file);
        return thumbnails.thumbnail(bytes, THUMBNAIL_SIDE, signal).catch((error: unknown) => {
          if (FATAL.includes(codeOf(error))) fatal.add(file);
          throw error;
        });
      });
      return answer.type('image/jpeg').send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
    },
  );

  app.post<ForFile>(
    '/api/drive/:listing/files/:file/capture',
    { schema: CAPTURE },
    async (request): Promise<CaptureAnswer> => {
      const { listing, file } = request.params;
      const picture = await require(request).read(listing, file);
      const { id } = session.press({ source: 'upload', at: clock.monotonic(), picture });
      return captureAnswer(await session.finished(id));
    },
  );

  app.post<{ Params: Static<typeof ForOverview> }>(
    '/api/drive/:listing/files/:file/overview/:overview',
    { schema: OVERVIEW },
    (request) => {
      const { listing, file, overview: id } = request.params;
      const source = require(request);
      return overview.receive(id, () => source.read(listing, file));
    },
  );

  /** @throws HttpError `drive/own-screen` for a request from elsewhere, `drive/none` if no folder is configured */
  function require({ headers, ip, method }: HttpRequest): ImageDrive {
    const local = method === 'GET' ? isLocalRequest(headers, ip) : isLocalScreen(headers, ip);
    if (!local) throw new HttpError('drive/own-screen');
    if (drive === undefined) throw new HttpError('drive/none');
    return drive;
  }
}
