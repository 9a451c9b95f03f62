'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { skipReasonSchema } from '#domain/review/answer';
import type { Claim } from './use-claim';

type SkipProps = {
  claim: Claim;
  /** Not while drawings are on their way: they need the claim. */
  ready: boolean;
  /** Keeps what was written for whoever comes back to it. */
  onBefore(): void;
  ending(isEnding: boolean): void;
};

/** Gives the check-in to somebody else, with the reason. */
export function SkipCheckIn({ claim, ready, onBefore, ending }: SkipProps) {
  const t = useTranslations('review');
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const skip = useMutation(
    trpc.reviews.skip.mutationOptions({
      scope: { id: claim.reviewId },
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        router.push('/review');
      },
      onError: () => ending(false),
    }),
  );
  return (
    <section className="grid gap-2">
      <button type="button" className="btn quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('skip')}
      </button>
      {open ? (
        <fieldset className="grid gap-2">
          <legend className="label mb-2">{t('skipWhy')}</legend>
          {skipReasonSchema.options.map((reason) => (
            <button
              key={reason}
              type="button"
              className="btn plain justify-start"
              aria-disabled={!ready || skip.isPending}
              onClick={() => {
                if (!ready || skip.isPending) return;
                onBefore();
                ending(true);
                skip.mutate({ checkInId: claim.checkInId, leaseToken: claim.leaseToken, reason });
              }}
            >
              {t(`skipReason.${reason}`)}
            </button>
          ))}
          <Problem reason={skip.error ? problemOf(skip.error).reason : null} />
        </fieldset>
      ) : null}
    </section>
  );
}
