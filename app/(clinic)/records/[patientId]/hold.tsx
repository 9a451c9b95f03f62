'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { reasonOf } from '#domain/people/typed';

/** Whether the record is on legal hold, since when and why, and the act that changes it, with a reason of its own. */
export function LegalHold({ record }: { record: Outputs['records']['get'] }) {
  const t = useTranslations('records');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = { onSettled: () => queryClient.invalidateQueries() };
  const hold = useMutation(trpc.records.hold.mutationOptions(after));
  const lift = useMutation(trpc.records.liftHold.mutationOptions(after));
  const [isShort, setIsShort] = useState(false);
  const open = record.holds.find((one) => one.liftedAt === null);
  const changing = open ? lift : hold;
  const day = (at: number) => when(at, 'date');

  function submit(form: HTMLFormElement) {
    const reason = reasonOf(String(new FormData(form).get('reason') ?? ''));
    setIsShort(reason === null);
    if (reason === null || changing.isPending) return;
    changing.mutate({ patientId: record.patientId, reason: reason }, { onSuccess: () => form.reset() });
  }
  return (
    <section className="grid gap-3" aria-labelledby="hold">
      <h2 id="hold" className="section-title">
        {t('hold')}
      </h2>
      <div className="card grid gap-4 p-4">
        <p className="max-w-prose">{t('holdLead')}</p>
        <ul className="grid gap-3 empty:hidden">
          {record.holds.map((one) => (
            <li key={one.id} className={one.liftedAt === null ? 'state care whitespace-normal' : 'muted'}>
              <span>
                <strong className="block">{one.reason}</strong>
                <span className="block">{t('heldSince', { date: day(one.setAt), name: one.setBy })}</span>
                {one.liftedAt === null ? null : (
                  <span className="block">
                    {t('lifted', { date: day(one.liftedAt), reason: one.liftedReason ?? '' })}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
        <form
          className="grid gap-3"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit(event.currentTarget);
          }}
        >
          <TextField
            label={t(open ? 'liftReason' : 'holdReason')}
            name="reason"
            hint={t('holdReasonHint')}
            maxLength={500}
            problem={isShort ? t('reasonShort') : null}
          />
          <Problem reason={changing.error ? problemOf(changing.error).reason : null} />
          <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={changing.isPending}>
            {t(open ? 'lift' : 'putOnHold')}
          </button>
        </form>
      </div>
    </section>
  );
}
