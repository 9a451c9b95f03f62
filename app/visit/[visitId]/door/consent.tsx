'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem } from '#components/form/field';

type Asked = 'telehealth' | 'live_video' | 'stills';

/** What the patient has not agreed to, asked before the visit: the first two are needed for it, pictures are a choice. */
export function DoorConsent({ consents }: Pick<VisitRoom, 'consents'>) {
  const t = useTranslations('consent');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const agree = useMutation(
    trpc.patients.changeConsent.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const asked: Record<Asked, boolean> = {
    telehealth: !consents.telehealth,
    live_video: !consents.liveVideo,
    stills: !consents.stills,
  };
  const missing = (['telehealth', 'live_video', 'stills'] as const).filter((kind) => asked[kind]);
  return missing.map((kind) => (
    <section key={kind} className="card grid gap-2 p-4" aria-label={t(`kind.${kind}`)}>
      <h2 className="section-title">{t(`kind.${kind}`)}</h2>
      <p>{t(`kindLead.${kind}`, { days: consents.keptDays ?? 0 })}</p>
      {kind !== 'stills' ? <p className="state care whitespace-normal">{t(`neededForVisit.${kind}`)}</p> : null}
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
