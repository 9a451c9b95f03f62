'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '#client/say';
import { type Outputs, problemOf, useTRPC } from '#client/trpc';
import type { VisitRoom } from '#client/visit-session';
import { DoseSteppers } from '#components/dose-steppers';
import { Problem, TextField } from '#components/field';
import { type Dose, doseChanges, doseSentence } from '#domain/dose';
import type { Focus } from './clinician-room';

type PlanProps = {
  visit: VisitRoom['visit'];
  programs: Outputs['programs']['ofPatient'];
  focus: Focus | null;
  onFocus(lineageId: string): void;
};

/** The patient's exercises; the one that is worked on gives marks and counts their exercise, and takes a new dose. */
export function PlanTab({ visit, programs, focus, onFocus }: PlanProps) {
  const t = useTranslations('visit.panel');
  const n = useTranslations('today');
  const say = useSay();
  const published = programs.filter((program) => program.current !== null);
  if (published.length === 0) return <p className="text-on-stage-2">{t('noProgram')}</p>;
  return published.map((program) => (
    <ul key={program.id} className="grid gap-2" aria-label={program.title}>
      {program.current?.prescriptions.map((prescription) => {
        const exercise = program.exercises.find((one) => one.exerciseVersionId === prescription.exerciseVersionId);
        const name = n('named', { exercise: exercise?.texts.name ?? '', side: prescription.side });
        const chosen = focus?.prescription.lineageId === prescription.lineageId;
        return (
          <li key={prescription.lineageId} className="grid gap-2">
            <label className="room-row">
              <input
                type="radio"
                name="worked-on"
                className="absolute inset-0 m-0 size-full cursor-pointer opacity-0"
                aria-label={t('choose', { exercise: name })}
                checked={chosen}
                onChange={() => onFocus(prescription.lineageId)}
              />
              <strong className="block">{name}</strong>
              <span className="text-on-stage-2">{chosen ? t('now') : say(doseSentence(prescription.dose))}</span>
            </label>
            {chosen && focus ? <VisitDose key={program.current?.number} visit={visit} focus={focus} /> : null}
          </li>
        );
      })}
    </ul>
  ));
}

/** A new dose in the visit: it asks why, and is on the patient's Today at once. */
function VisitDose({ visit, focus: { program, prescription } }: { visit: VisitRoom['visit']; focus: Focus }) {
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
