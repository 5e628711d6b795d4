import type { View } from '../../../src/protocol/view.ts';
import { page, type Page } from '../state.ts';

const PAGES: readonly { readonly page: Page; readonly label: string }[] = [
  { page: 'live', label: 'Camera' },
  { page: 'upload', label: 'Upload' },
  { page: 'log', label: 'Log' },
  { page: 'about', label: 'About' },
];

/** The line on top of every screen: where one is, and whether every part is well. */
export function Bar({ view }: { readonly view: View }) {
  return (
    <header class="bar">
      <nav aria-label="Pages">
        {PAGES.map(({ page: target, label }) => (
          <button
            key={target}
            type="button"
            class="tab"
            aria-current={page.value === target ? 'page' : undefined}
            onClick={() => {
              page.value = target;
            }}
          >
            {label}
          </button>
        ))}
      </nav>
      <p class="status" role="status">
        {view.camera.simulated && <span class="badge">Simulated camera</span>}
        {warningsOf(view).map((warning) => (
          <span key={warning} class="badge badge-warning">
            <span aria-hidden="true">⚠ </span>
            {warning}
          </span>
        ))}
        <span class="research">Research use only</span>
      </p>
    </header>
  );
}

function warningsOf({ button, model, storage }: View): string[] {
  return [
    ...(button.state === 'touch-only' ? ['No button: touch only'] : []),
    ...(model.state === 'none' ? ['No model'] : []),
    ...(storage.state === 'failed' ? ['Storage'] : []),
  ];
}
