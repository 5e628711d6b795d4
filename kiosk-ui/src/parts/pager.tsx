import type { JSX } from 'preact';
import { Key } from './key.tsx';

interface PagerProps {
  readonly newer: (() => void) | undefined;
  readonly older: (() => void) | undefined;
  readonly labels?: readonly [string, string];
  readonly where: string;
}

/** Two keys and where one is, under a list that goes on. */
export function Pager({ newer, older, labels = ['Newer', 'Older'], where }: PagerProps): JSX.Element {
  return (
    <div class="pager">
      <Key label={labels[0]} icon="newer" disabled={newer === undefined} onPress={() => newer?.()} />
      <span class="pager-where">{where}</span>
      <Key label={labels[1]} icon="older" disabled={older === undefined} onPress={() => older?.()} />
    </div>
  );
}
