'use client';

import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { Stepper } from '#components/form/stepper';
import type { Dose } from '#domain/program/dose';
import { doseSentence } from '#domain/program/dose-words';

/** The three numbers that a review or a visit changes; each says what it was, and the sentence reads the whole. */
export function DoseSteppers({ before, dose, onChange }: { before: Dose; dose: Dose; onChange(dose: Dose): void }) {
  const t = useTranslations('review');
  const say = useSay();
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Stepper
          label={t('hold')}
          unit={t('seconds')}
          value={dose.holdSeconds}
          min={0}
          max={600}
          was={dose.holdSeconds === before.holdSeconds ? null : t('was', { value: before.holdSeconds })}
          onChange={(holdSeconds) =>
            onChange({ ...dose, holdSeconds, tempo: { ...dose.tempo, holdSeconds: Math.min(60, holdSeconds) } })
          }
        />
        <Stepper
          label={t('reps')}
          value={dose.repsMin}
          min={1}
          max={100}
          was={dose.repsMin === before.repsMin ? null : t('was', { value: before.repsMin })}
          onChange={(reps) => onChange({ ...dose, repsMin: reps, repsMax: reps })}
        />
        <Stepper
          label={t('sets')}
          value={dose.sets}
          min={1}
          max={10}
          was={dose.sets === before.sets ? null : t('was', { value: before.sets })}
          onChange={(sets) => onChange({ ...dose, sets })}
        />
      </div>
      <p className="muted">{t('reads', { dose: say(doseSentence(dose)) })}</p>
    </>
  );
}
