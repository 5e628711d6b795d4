/**
 * A touch this soon after a change of screen does nothing, ms: it was meant for the screen before. The second tap of a
 * gloved double tap follows after about 180.
 */
export const SETTLE_MS = 400;

let settling = false;
/** Counts the changes of screen. */
let changes = 0;
/** The count when the pointer went down. */
let downAt = 0;

/** Whether the screen has just changed. */
export function isSettling(): boolean {
  return settling;
}

/**
 * Watches the page itself, so that no screen can forget to say that it has changed. While the screen settles, nothing
 * on it receives a pointer (`base.css`), and a click from elsewhere, such as Enter on a control, is stopped. Presses of
 * the hardware button and codes of a scanner are no clicks.
 */
export function guardTouches(): void {
  let shown = shownNow();
  new MutationObserver(() => {
    const now = shownNow();
    if (now === shown) return;
    shown = now;
    settle();
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['data-screen', 'data-step', 'class', 'open'],
  });
  addEventListener(
    'pointerdown',
    () => {
      downAt = changes;
    },
    { capture: true },
  );
  addEventListener('click', stopStray, { capture: true });
}

/** What fills the screen; values that change on it are no part of it. `data-step`: keys that replace one another. */
function shownNow(): string {
  const main = document.querySelector('main');
  return [
    document.body.dataset.screen,
    main?.className,
    main?.querySelector('h1')?.textContent,
    main?.querySelector<HTMLElement>('[data-step]')?.dataset.step,
    // One that opens over a screen covers it.
    document.querySelectorAll('dialog[open], [role=dialog]').length,
    ...Array.from(document.querySelectorAll<HTMLElement>('[role=dialog]'), ({ dataset }) => dataset.step),
  ].join('\n');
}

function settle(): void {
  changes += 1;
  settling = true;
  document.body.dataset.settling = '';
  const change = changes;
  // From the first frame that shows the new screen, which a slow board draws late.
  requestAnimationFrame(() => {
    setTimeout(() => {
      if (change !== changes) return;
      settling = false;
      delete document.body.dataset.settling;
    }, SETTLE_MS);
  });
}

/** `detail` is 0 for a click without a pointer. A finger that went down on another screen clicks nothing here. */
function stopStray(event: MouseEvent): void {
  if (!settling && (event.detail === 0 || downAt === changes)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
