'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Siren } from 'lucide-react';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';

type Row = Outputs['emergency']['unreviewed'][number];

/** Emergency accesses that nobody has looked at yet: each stays here until an admin signs it. */
export function Emergencies() {
  const t = useTranslations('emergency');
  const { data: rows } = useSuspenseQuery(useTRPC().emergency.unreviewed.queryOptions());
  if (rows.length === 0) return null;
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="emergencies">
      <h2 id="emergencies" className="section-title">
        {t('toReview')}
      </h2>
      <p className="muted max-w-prose">{t('toReviewLead')}</p>
      <ul className="card divide-y divide-line border-stop" aria-labelledby="emergencies">
        {rows.map((row) => (
          <Emergency key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Emergency({ row }: { row: Row }) {
  const t = useTranslations('emergency');
  const queryClient = useQueryClient();
  const [isEmpty, setIsEmpty] = useState(false);
  const review = useMutation(
    useTRPC().emergency.review.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const { id, actorName, patientName, reason, fromAt, toAt, isOwn } = row;
  const when = useWhen(null);
  return (
    <li className="grid grid-cols-1 gap-3 px-4 py-3">
      <div>
        <p className="state stop whitespace-normal">
          <Siren size={22} aria-hidden="true" />
          {t('opened', { actor: actorName, patient: patientName })}
        </p>
        <p className="muted">{`${when(fromAt, 'dated')} – ${when(toAt, 'time')}`}</p>
        <p className="wrap-anywhere">{t('why', { reason })}</p>
      </div>
      {isOwn ? (
        <p className="muted">{t('own')}</p>
      ) : (
        <form
          className="grid grid-cols-1 gap-3"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
            setIsEmpty(note === '');
            if (note !== '') review.mutate({ emergencyId: id, note });
          }}
        >
          <TextField
            label={t('note')}
            name="note"
            hint={t('noteHint')}
            maxLength={500}
            problem={isEmpty ? t('noteNeeded') : null}
          />
          <button
            type="submit"
            className="btn quiet min-h-12 w-fit max-w-full whitespace-normal"
            aria-label={t('signNamed', { actor: actorName, patient: patientName })}
            aria-busy={review.isPending}
          >
            {t('sign')}
          </button>
          <Problem reason={review.error ? problemOf(review.error).reason : null} />
        </form>
      )}
    </li>
  );
}
