'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/trpc';
import type { VisitRoom } from '#client/visit-session';
import { DoseSteppers } from '#components/dose-steppers';
import { Problem, TextField } from '#components/field';
import { type Dose, doseChanges } from '#domain/dose';
import type { Focus } from './clinician-room';

/** A new dose in the visit: it asks why, and is on the patient's Today at once. */
export function VisitDose({ visit, focus: { program, prescription } }: { visit: VisitRoom['visit']; focus: Focus }) {
  const t = useTranslations('visit.panel');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [dose, setDose] = useState<Dose>(prescription.dose);
  const [reason, setReason] = useState('');
  const change = useMutation(
    trpc.visitRecord.changeDose.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const changed = doseChanges(prescription.dose, dose).length > 0;
  const ready = changed && reason.trim() !== '' && !change.isPending;
  return (
    <form
      className="card grid gap-3 p-3 text-ink"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || !program.current) return;
        change.mutate({
          visitId: visit.id,
          programId: program.id,
          expectedProgramVersion: program.current.number,
          changes: [{ lineageId: prescription.lineageId, dose }],
          reason,
        });
      }}
    >
      <DoseSteppers before={prescription.dose} dose={dose} onChange={setDose} />
      {changed ? (
        <TextField
          label={t('reason')}
          hint={t('reasonHint')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <Problem reason={change.error ? problemOf(change.error).reason : null} />
      <button type="submit" className="btn primary" aria-disabled={!ready} aria-busy={change.isPending}>
        {t('publishDose')}
      </button>
    </form>
  );
}
