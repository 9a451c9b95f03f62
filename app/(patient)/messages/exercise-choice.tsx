'use client';

import { ListChecks } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useAccount } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';
import { readDay } from '#client/practice/day-store';
import { useNameOf } from '#client/program/use-name-of';
import { dayPackSchema, type PackPrescription } from '#domain/practice/day-pack';
import type { Beginning } from './beginning';

/** The person's exercises, as this device has them. */
function useOwnExercises(): readonly PackPrescription[] {
  const userId = useAccount();
  const [exercises, setExercises] = useState<readonly PackPrescription[]>([]);
  useEffect(() => {
    if (!userId) return;
    let current = true;
    readDay(userId).then(
      (stored) => {
        const parsed = dayPackSchema.safeParse(stored);
        if (current && parsed.success) setExercises(parsed.data.prescriptions);
      },
      // Then none is offered, and it is named in words.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [userId]);
  return exercises;
}

function beginningAt({ lineageId, text, category, side, dose, versionNumber, pose }: PackPrescription): Beginning {
  const exercise = { name: text.name, category, side, dose, version: versionNumber, pose };
  return {
    kind: 'exercise',
    id: lineageId,
    view: { kind: 'exercise', id: lineageId, checkInId: null, at: null, exercise },
  };
}

/** Names the exercise that the next message is about. Nothing where this device knows of none. */
export function ExerciseChoice({ onChoose }: { onChoose(about: Beginning): void }) {
  const t = useTranslations('messages.about');
  const nameOf = useNameOf();
  const exercises = useOwnExercises();
  const [isOpen, setOpen] = useState(false);
  if (exercises.length === 0) return null;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="btn plain w-fit cursor-pointer list-none [&::-webkit-details-marker]:hidden">
        <ListChecks aria-hidden="true" /> {t('choose')}
      </summary>
      <ul className="grid gap-2 pt-2">
        {exercises.map((prescription) => (
          <li key={prescription.id}>
            <button
              type="button"
              className="btn quiet w-full"
              onClick={() => {
                setOpen(false);
                onChoose(beginningAt(prescription));
              }}
            >
              {nameOf(prescription)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
