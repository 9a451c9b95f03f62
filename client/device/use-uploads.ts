'use client';

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from './account-outbox';
import { ClipUploads, type UploadState } from './uploads';

const NAMES_CLIPS: ReadonlySet<string> = new Set(['check_in', 'check_in_clips', 'still']);
const NONE: UploadState = new Map();

export const ClipUploadsContext = createContext<ClipUploads | null>(null);

/** Sends what waits on this device while any page of the account is open. */
export function useDeviceClipUploads(userId: string): ClipUploads | null {
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
        if (NAMES_CLIPS.has(item.kind)) void uploads?.flush();
      }),
    [outbox, uploads],
  );
  return uploads;
}

export function useUploadShares(): UploadState {
  const uploads = useContext(ClipUploadsContext);
  return useSyncExternalStore(
    uploads?.subscribe ?? (() => () => undefined),
    uploads?.state ?? (() => NONE),
    () => NONE,
  );
}

/** A clip that did not arrive. */
export function useKeptClip(mediaId: string): { isHere: boolean; sendAgain(): Promise<void> } {
  const uploads = useContext(ClipUploadsContext);
  const [isHere, setIsHere] = useState(false);
  useEffect(() => {
    let current = true;
    void uploads?.has(mediaId).then((has) => {
      if (current) setIsHere(has);
    });
    return () => {
      current = false;
    };
  }, [uploads, mediaId]);
  return { isHere, sendAgain: async () => uploads?.sendAgain(mediaId) };
}
