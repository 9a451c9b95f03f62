'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Dispatch, useEffect, useRef } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { dropKeptDraft, keepDraft, readKeptDraft } from '#client/program/kept-draft';
import type { DraftState, DraftStep } from './use-program-draft';

/** Long enough not to send each press of a stepper, short enough to lose nothing that was meant. */
const AFTER_MS = 800;
/** How long a save that failed for want of a connection or a login waits for the next try. */
const AGAIN_MS = 15_000;

/** Refused for good until somebody decides; everything else is tried again. */
const DECIDED = new Set(['CONFLICT', 'NOT_FOUND', 'BAD_REQUEST']);

export type Keeper = {
  /** Sends what is not saved yet and waits for it; throws the refusal. */
  saveNow(): Promise<void>;
  saving: boolean;
  /** The last save arrived; false before the first. */
  saved: boolean;
  /** Why the last save was refused, as a key of `failure.*`; null when it was not. */
  refusal: string | null;
  /** Forgets the refusal: somebody decided. */
  settle(): void;
};

/**
 * Keeps the draft while it is edited: at once in this window, some moments later on the server, one save at a time.
 * Nothing is sent while `paused`, since somebody must decide first.
 */
export function useDraftKeeper(
  { draft, unsaved }: DraftState,
  step: Dispatch<DraftStep>,
  { userId, paused }: { userId: string; paused: boolean },
): Keeper {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // A conflict is shown with what the others made of it, so that is read at once.
  const readAgain = () => queryClient.invalidateQueries();
  const save = useMutation(trpc.programs.saveDraft.mutationOptions({ onError: () => void readAgain() }));
  const running = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef({ draft, unsaved, paused, send: save.mutateAsync });
  latest.current = { draft, unsaved, paused, send: save.mutateAsync };
  const { programId } = draft;

  useEffect(() => {
    const kept = readKeptDraft(userId, programId);
    if (kept) step({ type: 'restore', draft: kept });
  }, [userId, programId, step]);

  const sendNow = useRef(async (always: boolean) => {
    const turn = running.current.then(async () => {
      const { draft: sent, unsaved: waits, send } = latest.current;
      if (!waits && !always) return;
      await send(sent);
      step({ type: 'saved', draft: sent });
      if (latest.current.draft === sent) dropKeptDraft(userId, sent.programId);
    });
    running.current = turn.catch(() => undefined);
    await turn;
  }).current;

  useEffect(() => {
    if (unsaved) keepDraft(userId, draft);
    if (!unsaved || paused) return;
    const timer = setTimeout(() => void sendNow(false).catch(() => undefined), AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, unsaved, paused, userId, sendNow]);

  const problem = save.error ? problemOf(save.error) : null;
  const tryAgain = unsaved && !paused && problem !== null && !DECIDED.has(problem.code);
  useEffect(() => {
    if (!tryAgain) return;
    const timer = setInterval(() => void sendNow(false).catch(() => undefined), AGAIN_MS);
    return () => clearInterval(timer);
  }, [tryAgain, sendNow]);

  useEffect(
    () => () => {
      if (!latest.current.paused) void sendNow(false).catch(() => undefined);
    },
    [sendNow],
  );

  return {
    saveNow: () => sendNow(true),
    saving: save.isPending,
    saved: save.isSuccess,
    refusal: problem?.reason ?? null,
    settle: save.reset,
  };
}
