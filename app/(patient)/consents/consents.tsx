'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';

/** What can be given and taken back one by one. Treatment at a distance as such is ended with the clinic. */
const KINDS = ['live_video', 'stills', 'clips'] as const;

/** The patient's own consents: when each was given, and the way to take it back or give it again. */
export function Consents() {
  const t = useTranslations('consent');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.patients.myConsents.queryOptions());
  const change = useMutation(
    trpc.patients.changeConsent.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  return (
    <div className="grid gap-5 pt-2">
      <h1 className="page-title">{t('mine')}</h1>
      <p>{t('mineLead')}</p>
      <Problem reason={change.error ? problemOf(change.error).reason : null} />
      <ul className="grid gap-3">
        {KINDS.map((kind) => {
          const open = data.consents.find((consent) => consent.kind === kind && consent.revokedAt === null);
          const given = open?.inForce ? open : undefined;
          return (
            <li key={kind} className="card grid gap-2 p-4">
              <h2 className="section-title">{t(`kind.${kind}`)}</h2>
              <p>{t(`kindLead.${kind}`, { days: kind === 'live_video' ? 0 : (data.kept[kind] ?? 0) })}</p>
              <p className="muted">
                {open ? t(given ? 'given' : 'givenToOlder', { date: when(open.givenAt, 'date') }) : t('notGiven')}
              </p>
              <button
                type="button"
                className="btn quiet w-fit"
                aria-busy={change.isPending}
                onClick={() => change.mutate({ kinds: [kind], given: !given })}
              >
                {t(given ? 'takeBack' : 'give', { what: t(`kind.${kind}`) })}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
