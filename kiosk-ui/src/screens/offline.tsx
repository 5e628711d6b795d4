import type { JSX } from 'preact';

/** No service, no claims: not even the last picture stays. */
export function OfflineScreen(): JSX.Element {
  return (
    <main class="offline">
      <div class="offline-pulse" aria-hidden="true" />
      <h1>Connecting to the kiosk…</h1>
      <p>It keeps trying by itself.</p>
    </main>
  );
}
