'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import type { Own } from './upcoming';

type Request = Own['requests'][number];

/** What the patient asked for: what waits, and what the clinic answered since the last look. */
export function Asked({ own }: { own: Own }) {
  const t = useTranslations('visits.asked');
  const shown = own.requests.filter(({ state }) => state === 'open' || state === 'declined').slice(0, 5);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="asked">
      <h2 id="asked" className="section-title">
        {t('title')}
      </h2>
      <ul className="card divide-y divide-line">
        {shown.map((request) => (
          <AskedRow key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}

function AskedRow({ request }: { request: Request }) {
  const t = useTranslations('visits.asked');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const when = useWhen(null);
  const withdraw = useMutation(
    trpc.appointments.withdraw.mutationOptions({ onSettled: () => queryClient.invalidateQueries() }),
  );
  // An answer is read where it stands.
  useReadNotices(request.id);
  const { id: requestId, clinicianName: name, state, wishes, words, answer } = request;
  return (
    <li className="grid gap-2 p-4">
      <strong>{t(request.visitId ? 'move' : 'visit', { name })}</strong>
      {wishes.length > 0 ? (
        <ul className="tabular-nums">
          {wishes.map((at) => (
            <li key={at}>{when(at)}</li>
          ))}
        </ul>
      ) : null}
      {words ? <p className="wrap-anywhere">{words}</p> : null}
      {state === 'open' ? (
        <>
          <p className="muted">{t('waits')}</p>
          <button
            type="button"
            className="btn plain min-h-12 w-fit"
            aria-busy={withdraw.isPending}
            onClick={() => withdraw.mutate({ requestId })}
          >
            {t('withdraw')}
          </button>
          <Problem reason={withdraw.error ? problemOf(withdraw.error).reason : null} />
        </>
      ) : (
        <div className="note grid gap-1">
          <strong>{t('declined', { name })}</strong>
          <p className="wrap-anywhere">{answer}</p>
        </div>
      )}
    </li>
  );
}
