'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem, TextField } from '#components/form/field';
import { RaiseReasonField, useRaiseReason } from '#components/practice/raise-reason';
import { DoseSteppers } from '#components/program/dose-steppers';
import {
  prescribes,
  RestrictionReasonField,
  useRestrictionReason,
  withDose,
} from '#components/record/restriction-reason';
import { type Dose, doseChanges } from '#domain/program/dose';
import { raisesDose } from '#domain/program/raise';
import type { Focus } from './focus';

type DoseFormProps = { visit: VisitRoom['visit']; focus: Focus; onPublished(): void };

/** A new dose in the visit: it asks why, and is on the patient's Today at once. */
export function VisitDose({ visit, focus: { program, prescription }, onPublished }: DoseFormProps) {
  const t = useTranslations('visit.panel');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [dose, setDose] = useState<Dose>(prescription.dose);
  const [reason, setReason] = useState('');
  const change = useMutation(
    trpc.visitRecord.changeDose.mutationOptions({
      onSuccess: () => {
        onPublished();
        return queryClient.invalidateQueries();
      },
    }),
  );
  const changed = doseChanges(prescription.dose, dose).length > 0;
  const refusal = change.error ? problemOf(change.error).reason : null;
  const raise = useRaiseReason({
    patientId: visit.patientId,
    isRaised: raisesDose(prescription.dose, dose),
    refusal,
  });
  const { lineageId } = prescription;
  const restricted = useRestrictionReason({
    ...{ patientId: visit.patientId, isPublishing: changed, refusal },
    ...{ find: prescribes(lineageId), next: withDose(lineageId, dose) },
  });
  const lacks = changed ? (reason.trim() === '' ? 'reason' : null) : 'change';
  const ready = lacks === null && !change.isPending;
  const [isPressed, setPressed] = useState(false);
  return (
    <form
      className="card grid gap-3 p-3 text-ink"
      onSubmit={(event) => {
        event.preventDefault();
        setPressed(lacks !== null);
        // Where the change is missing it is made; where the reason is, it is written.
        if (lacks === 'change') event.currentTarget.querySelector('button')?.focus();
        if (lacks === 'reason') event.currentTarget.querySelector<HTMLInputElement>('input[name="reason"]')?.focus();
        const raised = ready && raise.answer();
        const broken = ready && restricted.answer();
        if (!raised || !broken || !program.current) return;
        change.mutate({
          visitId: visit.id,
          programId: program.id,
          expectedProgramVersion: program.current.number,
          changes: [{ lineageId, dose }],
          reason,
          ...raised,
          ...broken,
        });
      }}
    >
      <DoseSteppers before={prescription.dose} dose={dose} onChange={setDose} />
      {changed ? (
        <TextField
          label={t('reason')}
          name="reason"
          hint={t('reasonHint')}
          maxLength={500}
          value={reason}
          problem={isPressed && lacks === 'reason' ? t('reasonMissing') : null}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <RaiseReasonField raise={raise} />
      <RestrictionReasonField reason={restricted} />
      <Problem reason={isPressed && lacks === 'change' ? 'nothing_changed' : refusal} />
      <button type="submit" className="btn primary" aria-disabled={!ready} aria-busy={change.isPending}>
        {t('publishDose')}
      </button>
    </form>
  );
}
