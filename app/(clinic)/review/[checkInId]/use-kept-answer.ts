'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#client/api/trpc';
import { type Saved, useSaved } from '#client/device/saved/use-saved';
import type { CheckIn } from '#client/review/use-shown-clip';
import type { DraftDose } from '#domain/review/answer';
import type { Claim } from './use-claim';

type Answer = { summary: string; errorTags: readonly string[]; draftDose: DraftDose | null };

type Kept = {
  claim: Claim;
  /** The draft that was begun; null where nothing of it is stored. */
  begun: CheckIn['reviews'][number] | null;
  /** The claim has ended or ends with what is being sent. */
  over: boolean;
  /** All of it went out. */
  isPublished: boolean;
  /** Drawings still need the claim. */
  holding: boolean;
};

/**
 * The answer, kept on the server while it is written; a reload goes on from there. Who goes to another page gives the
 * check-in back to the queue; a closed tab lets the claim run out, since it may be a reload.
 */
export function useKeptAnswer({ claim, begun, over, isPublished, holding }: Kept): Saved<Answer> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Sent one after the other with all that ends the claim: what is kept must not arrive after it.
  const scope = { id: claim.reviewId };
  const { mutateAsync: save } = useMutation(trpc.reviews.saveDraft.mutationOptions({ scope }));
  const { mutate: release } = useMutation(trpc.reviews.release.mutationOptions({ scope }));
  const { checkInId, leaseToken } = claim;
  const { summary = '', errorTags = [], draftDose = null, draftRevision = 0 } = begun ?? {};
  const saved = useSaved<Answer>({
    name: `answer ${claim.reviewId}`,
    stored: { value: { summary, errorTags, draftDose }, revision: draftRevision },
    save: (answer, revision) =>
      save({
        checkInId,
        leaseToken,
        ...answer,
        errorTags: [...answer.errorTags],
        outcome: 'feedback',
        revision,
      }),
    readAgain: () => void queryClient.invalidateQueries(),
  });
  const { pause, settle } = saved;
  const ends = useRef({ pause, settle });
  ends.current = { pause, settle };
  useEffect(() => {
    if (isPublished) ends.current.settle();
    ends.current.pause(over);
  }, [over, isPublished]);
  const leave = useRef<() => void>(undefined);
  leave.current = () => {
    if (over) return;
    void saved.flush();
    if (!holding) release({ checkInId, leaseToken });
  };
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(leaving.current);
    return () => {
      // React may take a part away and bring it back at once; only a page that stays away has been left.
      leaving.current = setTimeout(() => leave.current?.(), 0);
    };
  }, []);
  return saved;
}
