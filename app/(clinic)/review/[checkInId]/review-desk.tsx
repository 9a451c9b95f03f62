'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/trpc';
import { useReviewStage } from '#client/use-review-stage';
import { Problem } from '#components/field';
import { AnswerPanel } from './answer-panel';
import { ClipDesk } from './clip-desk';
import { SentPanel } from './sent-panel';

export type Claim = Outputs['reviews']['claim'];
export type CheckIn = Outputs['checkIns']['get'];

const HEARTBEAT_MS = 60_000;

/** The whole review in one view: what was sent, the clip to draw on, the answer with the next dose. */
export function ReviewDesk({ checkInId, userId, name }: { checkInId: string; userId: string; name: string }) {
  const t = useTranslations('review');
  const trpc = useTRPC();
  const claim = useMutation(trpc.reviews.claim.mutationOptions());
  const { mutate: keepClaim, error: claimProblem } = useMutation(trpc.reviews.heartbeat.mutationOptions());
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    claim.mutate({ checkInId });
  }, [claim, checkInId]);
  const held = claim.data ?? null;
  const stage = useReviewStage(held, userId);
  const { data: checkIn } = useQuery({ ...trpc.checkIns.get.queryOptions({ checkInId }), enabled: held !== null });
  useEffect(() => {
    if (!held) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') keepClaim({ checkInId, leaseToken: held.leaseToken });
    }, HEARTBEAT_MS);
    return () => clearInterval(timer);
  }, [held, keepClaim, checkInId]);

  if (claim.error) {
    return (
      <main className="mx-auto grid max-w-[600px] content-start gap-4 px-4 py-8">
        <h1 className="page-title">{t('title')}</h1>
        <Problem reason={problemOf(claim.error).reason} />
        <a className="btn quiet w-fit" href="/review">
          {t('back')}
        </a>
      </main>
    );
  }
  if (!held || !checkIn || !stage) {
    return (
      <main className="p-8" role="status">
        {t('opening')}
      </main>
    );
  }
  return (
    <main className="grid grid-cols-1 lg:grid-cols-[278px_minmax(0,1fr)_378px]">
      <title>{`${checkIn.context?.patient?.name ?? ''} · Regrasp`}</title>
      <SentPanel checkIn={checkIn} />
      <ClipDesk checkIn={checkIn} stage={stage} name={name} />
      <AnswerPanel
        checkIn={checkIn}
        claim={held}
        stage={stage}
        claimProblem={claimProblem ? problemOf(claimProblem).reason : null}
      />
    </main>
  );
}
