'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dispatch, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTRPC } from '#client/api/trpc';
import { keepText, readText } from '#client/device/saved/kept';
import { watchLeaving } from '#client/device/saved/leaving';
import { Saver } from '#client/device/saved/saver';
import { outcomeOfProblem } from '#client/device/saved/use-saved';
import { takeOlderDraft } from '#client/program/older-draft';
import { type SaveDraft, saveDraftSchema } from '#domain/program/draft';
import type { DraftState, DraftStep } from './use-program-draft';

export type Keeper = {
  /** Sends what is not saved yet and waits for it; false where it was not saved. */
  saveNow(): Promise<boolean>;
  saving: boolean;
  /** The last save arrived; false before the first. */
  saved: boolean;
  /** Why the last save was refused, as a key of `failure.*`; null when it was not. */
  refusal: string | null;
  /** Forgets what is not saved and why: somebody decided. */
  settle(): void;
};

/** Under which name it is kept on this device. */
const nameOf = (programId: string) => `program ${programId}`;

/**
 * Keeps the draft while it is edited: at once on this device, some moments later on the server. Nothing is sent while
 * `paused`, since somebody must decide first: who else has written stands in the program itself.
 */
export function useDraftKeeper(
  { draft, unsaved }: DraftState,
  step: Dispatch<DraftStep>,
  { userId, paused }: { userId: string; paused: boolean },
): Keeper {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // A conflict is shown with what the others made of it, so that is read at once.
  const { mutateAsync } = useMutation(
    trpc.programs.saveDraft.mutationOptions({ onError: () => void queryClient.invalidateQueries() }),
  );
  const { programId } = draft;
  const name = nameOf(programId);
  const latest = useRef({ mutateAsync, step });
  latest.current = { mutateAsync, step };
  const [saver] = useState(
    () =>
      new Saver<SaveDraft>({
        keep: (value) => void keepText(userId, name, value),
        async save(sent) {
          try {
            await latest.current.mutateAsync(sent);
            latest.current.step({ type: 'saved', draft: sent });
            return { outcome: 'saved' };
          } catch (error) {
            return outcomeOfProblem(error);
          }
        },
      }),
  );
  const state = useSyncExternalStore(saver.subscribe, saver.state, saver.state);

  useRestored(userId, programId, step);
  useEffect(() => saver.pause(paused), [saver, paused]);
  useEffect(() => {
    if (unsaved) saver.change(draft);
  }, [saver, draft, unsaved]);
  useLeaving(saver);

  return {
    async saveNow() {
      saver.change(draft);
      await saver.flush();
      return saver.state().unsaved === null;
    },
    saving: state.isSaving,
    saved: state.hasSaved,
    refusal: state.problem,
    settle: () => saver.settle(),
  };
}

/** What an earlier page could not save is there again. */
function useRestored(userId: string, programId: string, step: Dispatch<DraftStep>): void {
  useEffect(() => {
    const older = takeOlderDraft(userId, programId);
    if (older) return step({ type: 'restore', draft: older });
    readText(userId, nameOf(programId)).then(
      (kept) => {
        const parsed = saveDraftSchema.safeParse(kept);
        if (parsed.success) step({ type: 'restore', draft: parsed.data });
      },
      // A store that cannot be read holds nothing.
      () => undefined,
    );
  }, [userId, programId, step]);
}

function useLeaving(saver: Saver<SaveDraft>): void {
  useEffect(() => {
    const stop = watchLeaving(saver);
    return () => {
      void saver.flush();
      stop();
    };
  }, [saver]);
}
