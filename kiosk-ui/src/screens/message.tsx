import { send } from '../socket.ts';

export interface MessageProps {
  readonly title: string;
  readonly text: string;
  readonly kind: 'wait' | 'retake' | 'fault';
  /** Whether pressing again is offered. */
  readonly again?: boolean;
}

const SIGNS = { wait: '…', retake: '↻', fault: '!' } as const;

/** One reason and its cure, readable from across the room. */
export function Message({ title, text, kind, again = false }: MessageProps) {
  return (
    <section class={`message message-${kind}`} role={kind === 'wait' ? 'status' : 'alert'}>
      <span class="sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <h1>{title}</h1>
      <p>{text}</p>
      {again && (
        <div class="actions">
          <button
            type="button"
            class="key key-main"
            onClick={() => {
              send('press');
            }}
          >
            Capture
          </button>
          <button
            type="button"
            class="key"
            onClick={() => {
              send('dismiss');
            }}
          >
            Back
          </button>
        </div>
      )}
    </section>
  );
}
