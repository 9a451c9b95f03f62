'use client';

import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';

type Page = Outputs['logs']['ofPatient'];
export type HistoryLog = Page['logs'][number];
type RemovedLog = Page['removed'][number];
type HistoryEntry = { kind: 'log'; log: HistoryLog } | { kind: 'removed'; log: RemovedLog };

export type LogHistory = {
  logs: readonly HistoryLog[];
  /** The logs with those that were removed in their places, newest first. */
  entries: readonly HistoryEntry[];
  nameOf(log: Pick<HistoryLog, 'exerciseVersionId'>): string;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  showOlder(): void;
};

function entriesOf({ logs, removed }: Page): HistoryEntry[] {
  const entries: HistoryEntry[] = [
    ...logs.map((log) => ({ kind: 'log' as const, log })),
    ...removed.map((log) => ({ kind: 'removed' as const, log })),
  ];
  return entries.sort((a, b) => b.log.performedAt - a.log.performedAt);
}

/** The first page is to be loaded on the server. */
export function useLogHistory(patientId: string): LogHistory {
  const trpc = useTRPC();
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useSuspenseInfiniteQuery(
    trpc.logs.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: (last: Page) => last.nextCursor }),
  );
  const [wanted, setWanted] = useState(1);
  const isBehind = hasNextPage && data.pages.length < wanted;
  // A live event aborts a fetch that is on its way: it is repeated until the page is there.
  useEffect(() => {
    if (isBehind && !isFetching && !isError) void fetchNextPage();
  }, [isBehind, isFetching, isError, fetchNextPage]);
  const exercises = data.pages.flatMap((page) => page.exercises);
  return {
    logs: data.pages.flatMap((page) => page.logs),
    entries: data.pages.flatMap(entriesOf),
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
