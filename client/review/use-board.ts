'use client';

import { useEffect, useMemo } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { DrawingBoard } from '#client/annotation/board';
import { useCatchUp } from '#client/annotation/use-catch-up';
import { type Outputs, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';

/** The board of a claimed check-in: nobody else draws on it. Null until the outbox is open. */
export function useReviewBoard(claim: Outputs['reviews']['claim'] | null, userId: string): DrawingBoard | null {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const board = useMemo(() => {
    if (!claim || !outbox) return null;
    const { checkInId, leaseToken, reviewId } = claim;
    return new DrawingBoard({
      me: { authorId: userId, role: 'clinician' },
      roleOf: () => undefined,
      save: (envelope) => outbox.add('review_annotation', envelope.opId, { checkInId, leaseToken, envelope }),
      since: (revision) => api.reviews.operationsSince.query({ reviewId, revision }),
      now: Date.now,
      newId: () => uuidv7(),
    });
  }, [api, claim, outbox, userId]);
  useCatchUp(board);
  useEffect(() => outbox?.onSent((item) => board?.markSaved(item.id)), [outbox, board]);
  useEffect(() => outbox?.onParked((item) => board?.markRefused(item.id)), [outbox, board]);
  return board;
}
