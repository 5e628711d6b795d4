import type { JSX } from 'preact';
import type { Showing } from '../screens/result.tsx';
import { command } from '../socket.ts';
import { open, tell } from '../state.ts';
import { Key } from './key.tsx';

interface ResultKeysProps {
  readonly session: Showing;
  /** What most people want here. */
  readonly main?: 'accept' | 'again';
}

/** What the clinician can do with an answer. The hardware button captures again, whatever is chosen here. */
export function ResultKeys({ session, main = 'accept' }: ResultKeysProps): JSX.Element {
  const toneOf = (key: typeof main): 'main' | 'plain' => (key === main ? 'main' : 'plain');
  const open_ = session.disposition === 'unreviewed';
  return (
    <div class="result-keys">
      {open_ && (
        <Key
          label="Accept"
          icon="check"
          tone={toneOf('accept')}
          onPress={() => void settle('accept', session)}
        />
      )}
      {session.source === 'upload' ? (
        <Key
          label="Another file"
          icon="upload"
          tone={toneOf('again')}
          onPress={() => {
            open('upload');
          }}
        />
      ) : (
        <Key label="Retake" icon="retake" tone={toneOf('again')} onPress={() => void command('press')} />
      )}
      {open_ && <Key label="Discard" icon="cross" onPress={() => void settle('discard', session)} />}
    </div>
  );
}

async function settle(name: 'accept' | 'discard', { number }: Showing): Promise<void> {
  if (!(await command(name))) return;
  const done = name === 'accept' ? 'accepted' : 'discarded';
  tell('done', { message: `Session ${number ?? ''} ${done}.`, cure: 'It stays in the log.' });
}
