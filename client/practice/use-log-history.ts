'use client';

import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';

type Page = Outputs['logs']['ofPatient'];
export type HistoryLog = Page['logs'][number];

export type LogHistory = {
  /** Newest first, as far back as was asked for. */
  logs: readonly HistoryLog[];
  nameOf(log: HistoryLog): string;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  showOlder(): void;
};

/** A patient's logs page by page. The page that shows it loads the first on the server. */
export function useLogHistory(patientId: string): LogHistory {
  const trpc = useTRPC();
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useSuspenseInfiniteQuery(
    trpc.logs.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: (last: Page) => last.nextCursor }),
  );
  const [wanted, setWanted] = useState(1);
  const isBehind = hasNextPage && data.pages.length < wanted;
  // A live event reads the pages again and breaks off what was on its way: it is asked for until it is there.
  useEffect(() => {
    if (isBehind && !isFetching && !isError) void fetchNextPage();
  }, [isBehind, isFetching, isError, fetchNextPage]);
  const exercises = data.pages.flatMap((page) => page.exercises);
  return {
    logs: data.pages.flatMap((page) => page.logs),
    nameOf: (log) =>
      exercises.find(({ exerciseVersionId }) => exerciseVersionId === log.exerciseVersionId)?.texts.name ?? '',
    hasOlder: hasNextPage,
    isLoadingOlder: isBehind && !isError,
    showOlder() {
      setWanted(data.pages.length + 1);
      if (isError) void fetchNextPage();
    },
  };
}
