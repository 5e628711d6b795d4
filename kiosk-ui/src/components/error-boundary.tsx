import { Component, type ComponentChildren, type JSX } from 'preact';
import { Headline } from './headline.tsx';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** Time to read the message before the page reloads, ms. */
const RELOAD_MS = 4_000;

interface Props {
  readonly children: ComponentChildren;
}

/** A screen that fails to render must not leave the kiosk black: it shows a message and reloads. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    setTimeout(() => {
      location.reload();
    }, RELOAD_MS);
  }

  override render(): ComponentChildren {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed(): JSX.Element {
  const { message } = wordsOf('internal/error');
  return (
    <main class="fault">
      <Headline icon="warning" tone="problem" title={message} text={t('restart')} />
    </main>
  );
}
