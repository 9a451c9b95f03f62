'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { ClipUploads, type UploadState } from './clip-uploads';
import { useHydratedOutbox } from './device-outbox';
import { useTRPCClient } from './trpc';

const NONE: UploadState = new Map();

/** Sends what waits while the page is open, and again after each check-in's answers have arrived. */
export function useClipUploads(userId: string): { uploads: ClipUploads | null; shares: UploadState } {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const [uploads, setUploads] = useState<ClipUploads | null>(null);
  useEffect(() => {
    const made = new ClipUploads(api, userId);
    setUploads(made);
    void made.flush();
    return () => made.close();
  }, [api, userId]);
  useEffect(
    () =>
      outbox?.onSent((item) => {
        if (item.kind === 'check_in') void uploads?.flush();
      }),
    [outbox, uploads],
  );
  const shares = useSyncExternalStore(
    uploads?.subscribe ?? (() => () => undefined),
    uploads?.state ?? (() => NONE),
    () => NONE,
  );
  return { uploads, shares };
}
