'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#client/api/trpc';

/** Who looks at the thing itself has read the notices about it; null = not to be read yet. */
export function useReadNotices(subjectId: string | null): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = useRef<string | null>(null);
  // Of no importance to the page: without a line the notice stays until the next look.
  const { mutate } = useMutation(
    trpc.notices.markRead.mutationOptions({ onSuccess: ({ read }) => read > 0 && queryClient.invalidateQueries() }),
  );
  useEffect(() => {
    if (subjectId === null || done.current === subjectId) return;
    done.current = subjectId;
    mutate({ subjectId });
  }, [subjectId, mutate]);
}
