import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Pager } from './pager.tsx';
import { t } from '../i18n/translate.ts';

interface PagedProps<T> {
  readonly rows: readonly T[];
  readonly perPage: number;
  readonly bare?: boolean;
  readonly children: (rows: readonly T[]) => ComponentChildren;
}

/** A list split into pages that fit; without buttons if one page is enough. */
export function Paged<T>({ rows, perPage, bare = false, children }: PagedProps<T>): JSX.Element {
  const [page, turn] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const to = (next: number) =>
    next < 0 || next >= pages
      ? undefined
      : () => {
          turn(next);
        };
  return (
    <>
      {children(rows.slice(page * perPage, (page + 1) * perPage))}
      {pages > 1 && (
        <Pager
          bare={bare}
          newer={to(page - 1)}
          older={to(page + 1)}
          labels={[t('page.before'), t('page.next')]}
          where={t('page.of', { page: page + 1, pages })}
        />
      )}
    </>
  );
}
