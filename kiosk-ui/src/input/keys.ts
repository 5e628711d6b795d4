import { command } from '../connection/socket.ts';
import { handleScan } from './scans.ts';
import { QUIET, wedgeStep } from './wedge.ts';
import { isSettling } from './touch-guard.ts';
import { dispatchTyped } from './typed-keys.ts';

const CONTROLS = 'button, a[href], input, select, textarea, [role=tab], [role=button]';
const ZOOM_KEYS = new Set(['+', '-', '=', '0']);
/** Keys that start, confirm or leave something, and therefore act once however long they are held. */
const ACTING_KEYS = new Set([' ', 'Enter', 'Escape']);

/** True after Tab until the next touch: only then does focus mean that the user navigates by keyboard. */
let byKeyboard = false;

let wedge = QUIET;

/**
 * Space captures like the hardware button, Escape goes back or cancels; zooming, dragging and context menus are
 * disabled.
 */
export function listenToKeys(): void {
  addEventListener('keydown', onKey, { capture: true });
  addEventListener('pointerdown', () => {
    byKeyboard = false;
  });
  addEventListener('wheel', preventZoom, { passive: false });
  for (const type of ['contextmenu', 'dragstart', 'selectstart', 'gesturestart']) {
    addEventListener(type, (event) => {
      event.preventDefault();
    });
  }
  // A file dropped beside the drop zone must not replace the kiosk's page.
  for (const type of ['dragover', 'drop']) {
    addEventListener(type, (event) => {
      event.preventDefault();
    });
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Tab') byKeyboard = true;
  if ((event.ctrlKey || event.metaKey) && ZOOM_KEYS.has(event.key)) event.preventDefault();
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.repeat && ACTING_KEYS.has(event.key)) {
    event.preventDefault();
    return;
  }
  const { wedge: next, fast, scanned } = wedgeStep(wedge, event.key, event.timeStamp);
  wedge = next;
  if (scanned !== undefined) {
    event.preventDefault();
    void handleScan(scanned);
    return;
  }
  if (event.key === 'Escape') {
    event.preventDefault();
    goBack();
    return;
  }
  const atControl = byKeyboard && document.activeElement?.matches(CONTROLS) === true;
  const presses = atControl && (event.key === ' ' || event.key === 'Enter');
  // As a touch: a second Enter would confirm what the first has just opened.
  if (event.key === 'Enter' && isSettling()) {
    event.preventDefault();
    return;
  }
  if (!presses && dispatchTyped(event.key)) {
    event.preventDefault();
    return;
  }
  // A space inside a code is not a press, and the focused element must not receive its characters.
  if (fast && event.key.length === 1) {
    event.preventDefault();
    return;
  }
  if (event.key !== ' ') return;
  // A button that was just touched keeps the focus; Space must still capture, not press that button again.
  if (atControl) return;
  event.preventDefault();
  void command('press');
}

/** The control that leaves the screen, or the innermost of two; a result has none, because it must be decided. */
function goBack(): void {
  const leaving = [...document.querySelectorAll<HTMLElement>('[data-leaves]')].at(-1);
  leaving?.click();
}

function preventZoom(event: WheelEvent): void {
  if (event.ctrlKey) event.preventDefault();
}
