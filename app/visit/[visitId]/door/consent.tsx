'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf, useTRPC } from '#client/api/trpc';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem } from '#components/form/field';

/** What the patient has not agreed to, asked before the visit: video is needed for it, pictures are a choice. */
export function DoorConsent({ consents }: Pick<VisitRoom, 'consents'>) {
  const t = useTranslations('consent');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const agree = useMutation(
    trpc.patients.changeConsent.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const missing = [consents.liveVideo ? null : 'live_video', consents.stills ? null : 'stills'].filter(
    (kind) => kind !== null,
  ) as ('live_video' | 'stills')[];
  return missing.map((kind) => (
    <section key={kind} className="card grid gap-2 p-4" aria-label={t(`kind.${kind}`)}>
      <h2 className="section-title">{t(`kind.${kind}`)}</h2>
      <p>{t(`kindLead.${kind}`, { days: consents.keptDays ?? 0 })}</p>
      {kind === 'live_video' ? <p className="state care whitespace-normal">{t('neededForVisit')}</p> : null}
      <Problem reason={agree.error ? problemOf(agree.error).reason : null} />
      <button
        type="button"
        className="btn quiet w-fit"
        aria-busy={agree.isPending}
        onClick={() => agree.mutate({ kinds: [kind], given: true })}
      >
        {t('give', { what: t(`kind.${kind}`) })}
      </button>
    </section>
  ));
}
