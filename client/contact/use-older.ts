'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPCClient } from '#client/api/trpc';
import type { MessageView, ThreadView } from '#domain/contact/thread-view';

/** The messages of a thread, oldest first, and how to read those before them. One thread for as long as it is shown. */
export function useWithOlder({ episodeId, messages, nextCursor }: ThreadView) {
  const api = useTRPCClient();
  const [older, setOlder] = useState<{ messages: MessageView[]; nextCursor: number | null } | null>(null);
  const cursor = older ? older.nextCursor : nextCursor;
  const more = useMutation({
    mutationFn: () => api.messages.thread.query({ episodeId, cursor }),
    onSuccess: (page) =>
      setOlder((before) => ({
        messages: [...(before?.messages ?? []), ...page.messages],
        nextCursor: page.nextCursor,
      })),
  });
  const newest = new Set(messages.map(({ id }) => id));
  const all = [...messages, ...(older?.messages ?? []).filter(({ id }) => !newest.has(id))];
  return { messages: all.reverse(), hasMore: cursor !== null, more };
}
