'use client';

import { useState } from 'react';
import type { Outputs } from '#client/api/trpc';
import { useLoaded } from '#client/api/use-loaded';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { doseSentence } from '#domain/program/dose-words';
import type { Focus } from './focus';

/** Fetched when an exercise is chosen. */
const doseForm = () => import('./dose-form').then((module) => module.VisitDose);

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
  const VisitDose = useLoaded(focus ? doseForm : null);
  const [saidOf, setSaidOf] = useState<string | null>(null);
  const published = programs.filter((program) => program.current !== null);
  if (published.length === 0) return <p className="text-on-dark-2">{t('noProgram')}</p>;
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
              <span className="text-on-dark-2">{chosen ? t('now') : say(doseSentence(prescription.dose))}</span>
            </label>
            {chosen && focus && VisitDose ? (
              <VisitDose
                key={program.current?.number}
                visit={visit}
                focus={focus}
                onPublished={() => setSaidOf(prescription.lineageId)}
              />
            ) : null}
            <p role="status" className="state good whitespace-normal empty:hidden">
              {saidOf === prescription.lineageId ? t('dosePublished') : ''}
            </p>
          </li>
        );
      })}
    </ul>
  ));
}
