'use client';

import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { onLiveEvent } from '#client/api/live-updates';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';

export type Claim = Outputs['reviews']['claim'];

export type DeskClaim = {
  claim: Claim | null;
  /** Why it could not be opened; a key of `failure.*`. */
  refusal: string | null;
  /** Why it could not be kept; a key of `failure.*`. */
  problem: string | null;
  /** Somebody else has it now, or it was answered: nothing that is done here counts any more. */
  lost: boolean;
  /** What is being sent ends the claim; after a refusal it goes on. */
  ending(isEnding: boolean): void;
};

const HEARTBEAT_MS = 60_000;

/** Takes the check-in for this page, keeps it while the page is seen, and notices when it is gone. */
export function useClaim(checkInId: string): DeskClaim {
  const trpc = useTRPC();
  const { mutate: take, data, error: refusal } = useMutation(trpc.reviews.claim.mutationOptions());
  const { mutate: keep, error } = useMutation(trpc.reviews.heartbeat.mutationOptions());
  const begun = useRef(false);
  const isEnding = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    take({ checkInId });
  }, [take, checkInId]);

  const leaseToken = data?.leaseToken;
  useEffect(() => {
    if (!leaseToken) return;
    const beat = () => {
      if (document.visibilityState === 'visible' && !isEnding.current) keep({ checkInId, leaseToken });
    };
    const timer = setInterval(beat, HEARTBEAT_MS);
    // Whoever took it over caused an event: the server says whether it was somebody else.
    const unlisten = onLiveEvent((event) => {
      if (event.topic === 'check_in' && event.id === checkInId) beat();
    });
    return () => {
      clearInterval(timer);
      unlisten();
    };
  }, [leaseToken, keep, checkInId]);

  const problem = error ? problemOf(error).reason : null;
  return {
    claim: data ?? null,
    refusal: refusal ? problemOf(refusal).reason : null,
    problem,
    lost: problem === 'claim_lost' || problem === 'check_in_withdrawn',
    ending: useCallback((ending: boolean) => {
      isEnding.current = ending;
    }, []),
  };
}
