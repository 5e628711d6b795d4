/**
 * After another start of the service it may be a newer one, with a newer screen. The page is loaded anew only once the new one is
 * known to be there, so that a service that dies right again cannot leave a browser's error page on the kiosk.
 */
export async function reloadIfProgramChanged(): Promise<void> {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    const page = await answer.text();
    const script = document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');
    if (answer.ok && page.includes('<script') && !page.includes(script ?? '')) location.reload();
  } catch {
    // Not reachable after all: the next connection asks again.
  }
}
