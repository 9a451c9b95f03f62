'use client';

import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { AnswerGrid } from '#components/form/answer-grid';
import { Segments, SelectField, TextArea } from '#components/form/field';
import { Stepper } from '#components/form/stepper';
import { type Log, type LogSet, SKIP_REASONS, type SkipReason } from '#domain/practice/log';
import type { Dose } from '#domain/program/dose';

export type Details = {
  state: Log['state'];
  reason: SkipReason | null;
  effort: number | null | undefined;
  comment: string;
  sets: LogSet[] | null;
};

type LogDetailsProps = {
  /** What is meant where nothing else was counted. */
  dose: Pick<Dose, 'sets' | 'repsMin' | 'holdSeconds'>;
  details: Details;
  onChange(details: Details): void;
  open: boolean;
  /** Effort is of the whole sitting: a correction of one log leaves it as it is. */
  askEffort?: boolean;
};

/** How much, why not all, how hard, and a note: folded away where everything went as prescribed. */
export function LogDetails({ dose, details, onChange, open, askEffort = true }: LogDetailsProps) {
  const t = useTranslations('logSheet');
  const say = useSay();
  const reps = details.sets?.[0]?.reps ?? dose.repsMin;
  const setCount = details.sets?.length ?? dose.sets;
  const setsOf = (count: number, each: number): LogSet[] =>
    Array.from({ length: count }, (_, index) => {
      const before = details.sets?.[index];
      // A number that a person changed is theirs; what the machine had counted stays beside it.
      const countedBy = before?.reps === each ? before.countedBy : 'hand';
      return {
        reps: each,
        holdSeconds:
          before?.holdSeconds ?? (dose.holdSeconds === 0 ? null : Array.from({ length: each }, () => dose.holdSeconds)),
        countedBy,
        autoReps: before?.autoReps ?? null,
      };
    });
  return (
    <details open={open}>
      <summary className="btn plain w-fit cursor-pointer">{t('more')}</summary>
      <div className="mt-3 grid gap-4">
        <Segments
          legend={t('whatHappened')}
          name="state"
          value={details.state}
          choices={(['done', 'partial', 'skipped'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(state) => onChange({ ...details, state })}
        />
        {details.state === 'done' ? null : (
          <SelectField
            label={t('reason')}
            value={details.reason ?? ''}
            onChange={(event) =>
              onChange({ ...details, reason: SKIP_REASONS.find((reason) => reason === event.target.value) ?? null })
            }
          >
            <option value="" />
            {SKIP_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {say({ key: `log.reason.${reason}` })}
              </option>
            ))}
          </SelectField>
        )}
        {details.state === 'skipped' ? null : (
          <div className="grid gap-4 sm:grid-cols-2">
            <Stepper
              label={t('sets')}
              value={setCount}
              min={1}
              max={20}
              onChange={(count) => onChange({ ...details, sets: setsOf(count, reps) })}
            />
            <Stepper
              label={t('reps')}
              value={reps}
              min={0}
              max={100}
              onChange={(each) => onChange({ ...details, sets: setsOf(setCount, each) })}
            />
          </div>
        )}
        {askEffort ? (
          <AnswerGrid
            legend={t('effort')}
            name="effort"
            low={t('effortLow')}
            high={t('effortHigh')}
            value={details.effort}
            onChange={(effort) => onChange({ ...details, effort })}
          />
        ) : null}
        <TextArea
          label={t('comment')}
          maxLength={1000}
          value={details.comment}
          onChange={(event) => onChange({ ...details, comment: event.target.value })}
        />
      </div>
    </details>
  );
}
