'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type ApiClient, problemOf, useTRPC, useTRPCClient } from '#client/api/trpc';
import { openClip, removeClip } from '#client/device/clip-store';
import { sha256Of } from '#client/device/sha256';
import { sendPieces } from '#client/device/uploads';

export type DemoSending = {
  clipId: string | null;
  state: 'sending' | 'preparing' | 'set' | 'failed';
  share: number;
  failure: string | null;
  problem: string | null;
  send(clipId: string): Promise<void>;
};

const ASK_AGAIN_MS = 2000;

/** Can be repeated: goes on with what the server has not got. */
async function deliver(api: ApiClient, mediaId: string, onProgress: (share: number) => void): Promise<void> {
  const whole = await openClip(mediaId);
  if (!whole) return;
  await api.media.createDemo.mutate({ mediaId, bytes: whole.size });
  const { state, arrived } = await api.media.progress.query({ mediaId });
  if (state === 'pending') {
    const { signal } = new AbortController();
    await sendPieces({ mediaId, source: whole, begun: (arrived ?? 0) > 0, onProgress, signal });
    await api.media.finish.mutate({ mediaId, sha256: await sha256Of(whole) });
  }
  await removeClip(mediaId);
}

/** Shows the clip with the exercise as soon as the server has prepared it. */
export function useSendDemo(exerciseId: string): DemoSending {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [clipId, setClipId] = useState<string | null>(null);
  const [share, setShare] = useState(0);
  const delivery = useMutation({ mutationFn: (mediaId: string) => deliver(api, mediaId, setShare) });
  const { mutate: setDemo, ...shown } = useMutation(
    trpc.exercises.setDemo.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const { data: media } = useQuery({
    ...trpc.media.progress.queryOptions({ mediaId: clipId ?? '' }),
    enabled: delivery.isSuccess && clipId !== null && !shown.isSuccess,
    refetchInterval: ({ state: { data } }) => (data?.state === 'failed' ? false : ASK_AGAIN_MS),
  });
  const isReady = media?.state === 'ready';
  useEffect(() => {
    if (isReady && clipId !== null) setDemo({ exerciseId, mediaId: clipId });
  }, [isReady, clipId, exerciseId, setDemo]);

  function state(): DemoSending['state'] {
    if (shown.isSuccess) return 'set';
    if (media?.state === 'failed') return 'failed';
    return delivery.isSuccess ? 'preparing' : 'sending';
  }
  const error = delivery.error ?? shown.error;
  return {
    clipId,
    state: state(),
    share,
    failure: media?.failure ?? null,
    problem: error ? problemOf(error).reason : null,
    async send(next) {
      setClipId(next);
      shown.reset();
      // What went wrong stands in `problem`, beside the way to try again.
      await delivery.mutateAsync(next).catch(() => undefined);
    },
  };
}
