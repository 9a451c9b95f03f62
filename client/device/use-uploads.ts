'use client';

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from './account-outbox';
import { ClipUploads, type KeptClip, type UploadState } from './uploads';

const NAMES_CLIPS: ReadonlySet<string> = new Set(['check_in', 'check_in_clips', 'still', 'message']);
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
  useEffect(() => {
    if (outbox) uploads?.follow(async (id) => (await outbox.list()).some((item) => item.id === id));
  }, [outbox, uploads]);
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

type KeptClips = {
  /** Null until the device was asked. */
  clips: readonly KeptClip[] | null;
  sendAgain(mediaId: string): Promise<void>;
  discard(mediaId: string): Promise<void>;
};

/** What this device keeps of the person's clips and does not send by itself. */
export function useKeptClips(): KeptClips {
  const uploads = useContext(ClipUploadsContext);
  const [clips, setClips] = useState<readonly KeptClip[] | null>(null);
  useEffect(() => {
    let current = true;
    const read = () =>
      void uploads?.kept().then((kept) => {
        if (current) setClips(kept);
      });
    read();
    const stop = uploads?.subscribe(read);
    return () => {
      current = false;
      stop?.();
    };
  }, [uploads]);
  return {
    clips,
    sendAgain: async (mediaId) => uploads?.sendAgain(mediaId),
    discard: async (mediaId) => uploads?.discard(mediaId),
  };
}
