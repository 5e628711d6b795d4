import { captureBurst } from '../camera/burst.ts';
import type { Camera } from '../camera/port.ts';
import type { Thumbnailer } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import type { EncodedImage } from '../lib/image-signature.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { ContextView } from '../protocol/context.ts';
import type { OverviewSubject, OverviewView, StoredOverview } from '../protocol/overview.ts';
import { isFaultCode, type FaultCode } from '../protocol/reasons.ts';
import { isUnderWay, type CaptureSource } from '../protocol/view.ts';
import type { ImageStore, OverviewImages } from '../retention/port.ts';
import type { SessionControl } from '../session/port.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { LesionOwners, SessionStore } from '../store/port.ts';
import type { OverviewControl } from './port.ts';

/** Longest side of a stored overview image, pixels: what a phone shows on the whole screen, enlarged twice. */
const SIDE = 2_000;

export interface OverviewParts {
  readonly camera: Camera;
  /** Decodes the image and draws it anew: the only way in which one is read here, and none is ever assessed. */
  readonly thumbnails: Thumbnailer;
  readonly session: () => Pick<SessionControl, 'session'>;
  readonly isPractising: () => boolean;
  readonly context: {
    current(): ContextView | undefined;
    last(): ContextView | undefined;
    onChange(listener: () => void): () => void;
  };
  readonly lesions: LesionOwners;
  readonly images: Pick<ImageStore, 'policy'> & { readonly overviews: OverviewImages };
  readonly store: Pick<SessionStore, 'append'>;
  /** Acknowledges a press. */
  readonly blink: () => void;
  /** Of the camera: see the settings of these names. */
  readonly captureTimeoutMs: number;
  readonly cameraLatencyMs: number;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Held {
  readonly shot: number;
  readonly picture: EncodedImage;
  readonly source: CaptureSource;
}

/** The one that is being taken. */
interface Open {
  readonly id: string;
  /** Id of the patient whose lesion it is. */
  readonly patient: string;
  readonly of: OverviewSubject;
  /** Who was selected when it was begun. */
  readonly selected: string;
  readonly taking?: AbortController;
  readonly held?: Held;
  readonly fault?: FaultCode;
}

/**
 * Overview images of lesions. One is begun for one lesion and is stored with it or with none: it is dropped when another
 * patient or lesion is selected, when nobody is present and when the kiosk stops. Until it is kept it exists here alone.
 */
export class Overviews implements OverviewControl, Service {
  readonly name = 'overview images';
  readonly #parts: OverviewParts;
  readonly #changes = new Emitter<undefined>();
  #open: Open | undefined;
  #storing = false;
  /** Counts up, so that no image is mistaken for another. */
  #shots = 0;
  #unsubscribe: () => void = () => undefined;

  constructor(parts: OverviewParts) {
    this.#parts = parts;
  }

  start(): Promise<void> {
    this.#unsubscribe = this.#parts.context.onChange(() => {
      if (this.#open !== undefined && this.#open.selected !== this.#selected()) this.drop();
    });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#unsubscribe();
    this.drop();
    return Promise.resolve();
  }

  current(): OverviewView | undefined {
    return this.#open && this.#viewOf(this.#open);
  }

  isOpen(): boolean {
    return this.#open !== undefined;
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  open(lesion: string): OverviewView {
    const { session, isPractising, images, lesions, newId } = this.#parts;
    if (this.#open !== undefined) throw underWay();
    if (isPractising()) throw new KioskError('practice/on', 'somebody practises');
    const now = session().session();
    if (isUnderWay(now) || now.state === 'asking' || now.state === 'opinion')
      throw new KioskError('session/busy', 'a session is in progress');
    if (images.policy.mode === 'off') throw new KioskError('picture/not-kept', 'image storage is off');
    const owner = lesions.owner(lesion);
    if (owner === undefined) throw new KioskError('lesion/unknown', 'there is no such lesion');
    if (owner.lesion.closed !== undefined) throw new KioskError('lesion/closed', 'the lesion is closed');
    const { patient, ...of } = owner;
    return this.#become({ id: newId(), patient, of, selected: this.#selected() });
  }

  press(at: number): { readonly id: string } {
    const open = this.#current();
    this.#parts.blink();
    try {
      this.#requireIdle(open);
    } catch (error) {
      const { store, log } = this.#parts;
      const body = { source: 'camera', reason: codeOf(error) } as const;
      journalBestEffort(store, log, { kind: 'press-ignored', body });
      throw error;
    }
    this.#take(open, 'camera', (signal) => this.#frame(at, signal)).catch((error: unknown) => {
      if (this.#open?.id !== open.id) return;
      const code = codeOf(error);
      this.#parts.log.warn({ code, error: describe(error) }, 'could not take an overview image');
      this.#become({ ...aiming(this.#open), fault: isFaultCode(code) ? code : 'internal/error' });
    });
    return { id: open.id };
  }

  async receive(id: string, read: () => Promise<EncodedImage>): Promise<OverviewView> {
    const open = this.#current(id);
    this.#requireIdle(open);
    return this.#take(open, 'upload', read);
  }

  shot(id: string, shot: number): EncodedImage {
    const { held } = this.#current(id);
    if (held?.shot !== shot) throw gone();
    return held.picture;
  }

  again(id: string): OverviewView {
    const open = this.#current(id);
    this.#requireIdle(open);
    return this.#become(aiming(open));
  }

  async keep(id: string, shot: number, operator?: string): Promise<StoredOverview> {
    const open = this.#current(id);
    this.#requireIdle(open);
    const { held, of, patient } = open;
    if (held?.shot !== shot) throw gone();
    const { images, lesions } = this.#parts;
    // Merged with another patient meanwhile: nobody has seen whose name it would be stored under.
    if (lesions.owner(of.lesion.id)?.patient !== patient) {
      this.drop();
      throw gone();
    }
    const { picture, source } = held;
    const by = images.policy.mode === 'always' ? 'setting' : 'consent';
    this.#storing = true;
    try {
      await images.overviews.keep({ id, lesion: of.lesion.id, picture, source, by, operator });
    } finally {
      this.#storing = false;
    }
    if (this.#open?.id === id) this.drop();
    const stored = images.overviews.kept(id);
    if (stored === undefined) throw gone();
    return stored;
  }

  cancel(id: string): void {
    this.#current(id);
    this.drop();
  }

  /** Ends what is being taken, whatever it is; nothing of it remains. */
  drop(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    open.taking?.abort(gone());
    this.#changes.emit(undefined);
  }

  async #take(
    open: Open,
    source: CaptureSource,
    read: (signal: AbortSignal) => Promise<EncodedImage>,
  ): Promise<OverviewView> {
    const taking = new AbortController();
    const { signal } = taking;
    this.#become({ ...aiming(open), taking });
    try {
      const { bytes } = await read(signal);
      signal.throwIfAborted();
      // Without the metadata of the file, which may say where and of whom it was taken.
      const drawn = await this.#parts.thumbnails.thumbnail(bytes, SIDE, signal);
      signal.throwIfAborted();
      const picture = { bytes: drawn, contentType: 'image/jpeg' } as const;
      return this.#become({ ...aiming(open), held: { shot: (this.#shots += 1), picture, source } });
    } catch (error) {
      if (!signal.aborted) this.#become(aiming(open));
      throw error;
    }
  }

  async #frame(at: number, signal: AbortSignal): Promise<EncodedImage> {
    const { camera, clock, captureTimeoutMs, cameraLatencyMs } = this.#parts;
    const [frame] = await captureBurst(camera, {
      count: 1,
      notBefore: at + cameraLatencyMs,
      timeoutMs: captureTimeoutMs,
      ...{ clock, signal },
    });
    if (frame === undefined) throw new KioskError('camera/timeout', 'the camera sent no frame');
    return { bytes: frame.jpeg, contentType: 'image/jpeg' };
  }

  /** @throws KioskError `overview/gone` if none is being taken, or another one */
  #current(id = this.#open?.id): Open {
    if (this.#open === undefined || this.#open.id !== id) throw gone();
    return this.#open;
  }

  #requireIdle({ taking }: Open): void {
    if (taking !== undefined || this.#storing) throw underWay();
  }

  #become(open: Open): OverviewView {
    this.#open = open;
    this.#changes.emit(undefined);
    return this.#viewOf(open);
  }

  /** Changes with every selection of another patient or lesion. */
  #selected(): string {
    const { context } = this.#parts;
    const [now, last] = [context.current(), context.last()];
    return JSON.stringify([now?.reference, now?.lesion?.id, last?.reference]);
  }

  #viewOf({ id, of, taking, held, fault }: Open): OverviewView {
    const { mode, days } = this.#parts.images.policy;
    return {
      ...{ id, state: taking !== undefined ? 'taking' : held === undefined ? 'aiming' : 'held' },
      ...(fault === undefined ? {} : { fault }),
      ...(held === undefined
        ? {}
        : { shot: { number: held.shot, picture: `/api/overview/${id}/shots/${held.shot}` } }),
      ...{ of, consent: mode !== 'always', days },
    };
  }
}

/** Without an image, and without what was wrong with the last. */
function aiming({ id, patient, of, selected }: Open): Open {
  return { id, patient, of, selected };
}

function gone(): KioskError {
  return new KioskError('overview/gone', 'this overview image is no longer there');
}

function underWay(): KioskError {
  return new KioskError('overview/under-way', 'an overview image is being taken');
}
