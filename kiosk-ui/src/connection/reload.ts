/**
 * A restarted service may be a newer one with a newer screen. The page reloads only once the new service answers, so
 * that a service that dies again cannot leave a browser error page on the kiosk.
 */
export async function reloadIfProgramChanged(): Promise<void> {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    const page = await answer.text();
    const script = document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');
    if (answer.ok && page.includes('<script') && !page.includes(script ?? '')) location.reload();
  } catch {
    // Not reachable after all: retry on the next connection.
  }
}
