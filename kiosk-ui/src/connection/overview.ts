import type { StoredOverview } from '#protocol/overview.ts';
import { begunHere } from '../state/overview.ts';
import { showNotice } from '../state/state.ts';
import { isOverviewView } from './answers.ts';
import { drivePath, lesionPath, post, postEmpty, postPicture, remove, type FetchResult } from './http.ts';

/** URL of a lesion's stored overview images. */
export function overviewsPath(lesion: string): string {
  return `${lesionPath(lesion)}/overviews`;
}

/** URL of one of them; `thumbnail` or `picture` follows. */
export function overviewPath(lesion: string, { id }: Pick<StoredOverview, 'id'>): string {
  return `${overviewsPath(lesion)}/${encodeURIComponent(id)}`;
}

function currentPath(id: string): string {
  return `/api/overview/${encodeURIComponent(id)}`;
}

/** Begins an overview image of a lesion, which this screen then shows; or shows why not. */
export async function beginOverview(lesion: string): Promise<void> {
  const answer = await post(overviewsPath(lesion), isOverviewView);
  if (answer.ok) begunHere.value = answer.value.id;
  else showNotice('problem', answer.words);
}

/** Shows why it was refused. @returns whether it is stored */
export async function keepOverview(id: string, shot: number): Promise<boolean> {
  return shown(await postEmpty(`${currentPath(id)}/shots/${shot}/keep`));
}

export async function aimAgain(id: string): Promise<boolean> {
  return shown(await postEmpty(`${currentPath(id)}/again`));
}

export async function cancelOverview(id: string): Promise<boolean> {
  return shown(await remove(currentPath(id)));
}

/** Takes an uploaded file as the overview image. */
export function sendOverview(id: string, file: File): Promise<FetchResult<unknown>> {
  return postPicture(`${currentPath(id)}/file`, file, isOverviewView);
}

/** Takes a file of the USB drive as the overview image. */
export function takeOverviewFrom(
  id: string,
  listing: string,
  file: number,
  signal: AbortSignal,
): Promise<FetchResult<unknown>> {
  return post(`${drivePath(listing, file)}/overview/${encodeURIComponent(id)}`, isOverviewView, signal);
}

function shown(answer: FetchResult<unknown>): boolean {
  if (!answer.ok) showNotice('problem', answer.words);
  return answer.ok;
}
