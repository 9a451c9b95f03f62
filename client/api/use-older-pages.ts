import { useEffect, useState } from 'react';

type Paged = {
  readonly data: { pages: readonly unknown[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  fetchNextPage(): Promise<unknown>;
};

/**
 * Asks for one more page, until it is there: a live event that makes the list read again takes the place of a page that
 * was just asked for, and the press would be lost. Returns what a button does.
 */
export function useOlderPages({ data, hasNextPage, isFetching, fetchNextPage }: Paged): () => void {
  const [wanted, setWanted] = useState(1);
  const shown = data?.pages.length ?? 0;
  useEffect(() => {
    if (shown > 0 && shown < wanted && hasNextPage && !isFetching) void fetchNextPage();
  }, [shown, wanted, hasNextPage, isFetching, fetchNextPage]);
  return () => setWanted(shown + 1);
}
