'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSay } from '#client/say';
import { ManySegments, Segments, SelectField, TextField } from '#components/field';
import { Pose } from '#components/pose';
import { Stepper } from '#components/stepper';
import { digitSchema } from '#domain/annotation';
import { type Dose, doseSentence, type LoadKind, strengtheningNeedsReason } from '#domain/dose';
import { exerciseCategorySchema } from '#domain/exercise';
import type { PoseFrame } from '#domain/pose';
import type { PrescriptionInput } from '#domain/program';
import type { Schedule } from '#domain/schedule';
import type { Edit } from './use-program-draft';

type Exercise = { exerciseVersionId: string; category: string; texts: { name: string }; pose: PoseFrame[] };
type CardProps = {
  prescription: PrescriptionInput;
  exercise: Exercise | undefined;
  /** The dose in the version in force, for "was 5 s"; null where the exercise is new. */
  before: Dose | null;
  surgeryOn: string | null;
  isFirst: boolean;
  isLast: boolean;
  edit(action: Edit): void;
};

const LOADS: readonly LoadKind[] = ['none', 'putty', 'band', 'gripper', 'weight', 'effort'];
const DAYS = { daily: null, threeDays: [1, 3, 5], weekdays: [1, 2, 3, 4, 5] } as const;

export function PrescriptionCard(props: CardProps) {
  const { prescription, exercise, isFirst, isLast, edit, surgeryOn } = props;
  const t = useTranslations('programEditor');
  const d = useTranslations('digits');
  const say = useSay();
  const { lineageId, dose } = prescription;
  const name = exercise?.texts.name ?? '';
  const category = exerciseCategorySchema.safeParse(exercise?.category);
  const needsReason =
    category.success &&
    strengtheningNeedsReason({
      surgeryOn,
      onDay: new Date().toISOString().slice(0, 10),
      category: category.data,
      load: dose.load,
    });
  return (
    <article className="card grid gap-4 p-4" aria-label={name}>
      <header className="flex items-center gap-3">
        <Pose id={`card-${lineageId}`} frames={exercise?.pose.slice(0, 1) ?? []} size={48} />
        <div className="grow">
          <h2 className="section-title">{name}</h2>
          <p className="muted small">{say(doseSentence(dose))}</p>
        </div>
        <button
          type="button"
          className="btn icon quiet"
          aria-label={t('up', { name })}
          disabled={isFirst}
          onClick={() => edit({ type: 'move', lineageId, by: -1 })}
        >
          <ArrowUp size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="btn icon quiet"
          aria-label={t('down', { name })}
          disabled={isLast}
          onClick={() => edit({ type: 'move', lineageId, by: 1 })}
        >
          <ArrowDown size={18} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="btn icon quiet"
          aria-label={t('remove', { name })}
          onClick={() => edit({ type: 'remove', lineageId })}
        >
          <Trash2 size={18} aria-hidden="true" />
        </button>
      </header>
      <DoseSteppers {...props} />
      <div className="grid gap-4 md:grid-cols-2">
        <Segments
          legend={t('side')}
          name={`side-${lineageId}`}
          value={prescription.side}
          choices={(['left', 'right', 'both'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(side) => edit({ type: 'change', lineageId, change: { side } })}
        />
        <LoadFields dose={dose} onChange={(load) => edit({ type: 'dose', lineageId, change: { load } })} />
      </div>
      <ManySegments
        legend={d('legend')}
        none={d('none')}
        values={prescription.digits}
        choices={digitSchema.options.map((value) => ({ value, label: d(value) }))}
        onChange={(digits) => edit({ type: 'change', lineageId, change: { digits } })}
      />
      <TextField
        label={t('note')}
        value={prescription.notePatient ?? ''}
        maxLength={500}
        onChange={(event) => edit({ type: 'change', lineageId, change: { notePatient: event.target.value || null } })}
      />
      {needsReason ? (
        <TextField
          label={t('overrideReason')}
          value={prescription.overrideReason ?? ''}
          maxLength={500}
          onChange={(event) =>
            edit({ type: 'change', lineageId, change: { overrideReason: event.target.value.trimStart() || null } })
          }
        />
      ) : null}
    </article>
  );
}

function DoseSteppers({ prescription, before, edit }: CardProps) {
  const t = useTranslations('programEditor');
  const { lineageId, dose } = prescription;
  const change = (part: Partial<Dose>) => edit({ type: 'dose', lineageId, change: part });
  const was = (old: number | null | undefined, now: number | null) =>
    before && old != null && old !== now ? t('was', { value: String(old) }) : null;
  const times = dose.schedule.kind === 'per_day' ? dose.schedule.times : 1;
  const oldTimes = before?.schedule.kind === 'per_day' ? before.schedule.times : null;
  return (
    <div className="grid grid-cols-2 gap-4 md:grid-cols-3">
      <Stepper
        label={t('sets')}
        value={dose.sets}
        min={1}
        max={10}
        was={was(before?.sets, dose.sets)}
        onChange={(sets) => change({ sets })}
      />
      <Stepper
        label={t('reps')}
        value={dose.repsMin}
        min={1}
        max={100}
        was={was(before?.repsMin, dose.repsMin)}
        onChange={(reps) => change({ repsMin: reps, repsMax: reps })}
      />
      <Stepper
        label={t('hold')}
        unit={t('seconds')}
        value={dose.holdSeconds}
        min={0}
        max={600}
        was={was(before?.holdSeconds, dose.holdSeconds)}
        onChange={(holdSeconds) =>
          change({ holdSeconds, tempo: { ...dose.tempo, holdSeconds: Math.min(60, holdSeconds) } })
        }
      />
      <Stepper
        label={t('rest')}
        unit={t('seconds')}
        value={dose.restSeconds}
        min={0}
        max={600}
        step={5}
        was={was(before?.restSeconds, dose.restSeconds)}
        onChange={(restSeconds) => change({ restSeconds })}
      />
      <Stepper
        label={t('times')}
        value={times}
        min={1}
        max={12}
        was={was(oldTimes, times)}
        onChange={(next) => change({ schedule: perDay(dose.schedule, next) })}
      />
      <Stepper
        label={t('painLimit')}
        value={dose.painLimit ?? 5}
        min={0}
        max={10}
        was={was(before?.painLimit, dose.painLimit)}
        onChange={(painLimit) => change({ painLimit })}
      />
      <DaysField schedule={dose.schedule} onChange={(schedule) => change({ schedule })} />
    </div>
  );
}

function perDay(schedule: Schedule, times: number): Schedule {
  return { v: 1, kind: 'per_day', times, days: schedule.kind === 'per_day' ? schedule.days : null };
}

function DaysField({ schedule, onChange }: { schedule: Schedule; onChange(schedule: Schedule): void }) {
  const t = useTranslations('programEditor');
  const days = schedule.kind === 'per_day' ? schedule.days : null;
  const chosen =
    (Object.keys(DAYS) as (keyof typeof DAYS)[]).find((key) => JSON.stringify(DAYS[key]) === JSON.stringify(days)) ??
    'daily';
  return (
    <SelectField
      label={t('days')}
      value={chosen}
      onChange={(event) => {
        const next = DAYS[event.target.value as keyof typeof DAYS];
        onChange({
          v: 1,
          kind: 'per_day',
          times: schedule.kind === 'per_day' ? schedule.times : 1,
          days: next === null ? null : [...next],
        });
      }}
    >
      {(Object.keys(DAYS) as (keyof typeof DAYS)[]).map((key) => (
        <option key={key} value={key}>
          {t(key)}
        </option>
      ))}
    </SelectField>
  );
}

function LoadFields({ dose, onChange }: { dose: Dose; onChange(load: Dose['load']): void }) {
  const t = useTranslations('programEditor');
  const { load } = dose;
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label={t('load')}
        value={load.kind}
        onChange={(event) =>
          onChange({ kind: event.target.value as LoadKind, brand: null, level: null, kgf: null, percent: null })
        }
      >
        {LOADS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`loads.${kind}`)}
          </option>
        ))}
      </SelectField>
      {load.kind === 'none' || load.kind === 'effort' ? null : (
        <Stepper
          label={t('level')}
          value={load.level ?? 1}
          min={1}
          max={10}
          onChange={(level) => onChange({ ...load, level })}
        />
      )}
    </div>
  );
}
