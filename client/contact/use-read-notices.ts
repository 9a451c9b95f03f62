'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#client/api/trpc';

/** Marks the notices about what the page shows as read; null = not yet. */
export function useReadNotices(subjectId: string | null): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = useRef<string | null>(null);
  // Where the server cannot be reached the notice stays unread until the page is next opened.
  const { mutate } = useMutation(
    trpc.notices.markRead.mutationOptions({ onSuccess: ({ read }) => read > 0 && queryClient.invalidateQueries() }),
  );
  useEffect(() => {
    if (subjectId === null || done.current === subjectId) return;
    done.current = subjectId;
    mutate({ subjectId });
  }, [subjectId, mutate]);
}
