'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import type { DraftDose } from '#domain/review/answer';
import type { Claim } from './use-claim';

/** Long enough not to send each letter, short enough to lose no sentence. */
const KEEP_AFTER_MS = 800;

type Answer = { summary: string; errorTags: readonly string[]; draftDose: DraftDose | null };

type Kept = {
  claim: Claim;
  answer: Answer;
  /** The claim has ended or ends with what is being sent. */
  over: boolean;
  /** Drawings still need the claim. */
  holding: boolean;
};

/**
 * Keeps the answer on the server while it is written; a reload goes on from there. Who goes to another page gives the
 * check-in back to the queue; a closed tab lets the claim run out, since it may be a reload.
 */
export function useKeptAnswer({ claim, answer, over, holding }: Kept) {
  const trpc = useTRPC();
  // Sent one after the other with all that ends the claim: what is kept must not arrive after it.
  const scope = { id: claim.reviewId };
  const { mutate: save, error } = useMutation(trpc.reviews.saveDraft.mutationOptions({ scope }));
  const { mutate: release } = useMutation(trpc.reviews.release.mutationOptions({ scope }));
  const { checkInId, leaseToken } = claim;
  // As text: React compares what an effect depends on by identity, and lists are made anew at each render.
  const written = JSON.stringify(answer);
  const kept = useRef(written);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);

  function flush() {
    if (over || written === kept.current) return;
    kept.current = written;
    const { summary, errorTags, draftDose } = answer;
    save({ checkInId, leaseToken, summary, errorTags: [...errorTags], draftDose, outcome: 'feedback' });
  }
  function leave() {
    flush();
    if (!over && !holding) release({ checkInId, leaseToken });
  }
  const latest = useRef({ flush, leave });
  latest.current = { flush, leave };

  useEffect(() => {
    if (written === kept.current) return;
    const timer = setTimeout(() => latest.current.flush(), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [written]);
  useEffect(() => {
    clearTimeout(leaving.current);
    return () => {
      // React may take a part away and bring it back at once; only a page that stays away has been left.
      leaving.current = setTimeout(() => latest.current.leave(), 0);
    };
  }, []);
  return { flush, problem: error ? problemOf(error).reason : null };
}
