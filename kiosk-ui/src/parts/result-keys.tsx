import type { JSX } from 'preact';
import type { Showing } from '../screens/result.tsx';
import { command } from '../socket.ts';
import { open, tell } from '../state.ts';
import { Key } from './key.tsx';

/** What the clinician can do with an answer. The hardware button captures again, whatever is chosen here. */
export function ResultKeys({ session }: { readonly session: Showing }): JSX.Element {
  const open_ = session.disposition === 'unreviewed';
  return (
    <div class="result-keys">
      {open_ && (
        <Key label="Accept" icon="check" tone="main" onPress={() => void settle('accept', session)} />
      )}
      {session.source === 'upload' ? (
        <Key
          label="Another file"
          icon="upload"
          onPress={() => {
            open('upload');
          }}
        />
      ) : (
        <Key label="Retake" icon="retake" onPress={() => void command('press')} />
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
