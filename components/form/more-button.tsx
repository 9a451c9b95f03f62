'use client';

import { useOlderPages } from '#client/api/use-older-pages';

type Pages = Parameters<typeof useOlderPages>[0] & { isFetchingNextPage: boolean };

/** Asks a list for its next page; not there when there is none. */
export function MoreButton({ pages, label }: { pages: Pages; label: string }) {
  const showMore = useOlderPages(pages);
  if (!pages.hasNextPage) return null;
  return (
    <button type="button" className="btn quiet min-h-12 w-fit" aria-busy={pages.isFetchingNextPage} onClick={showMore}>
      {label}
    </button>
  );
}
