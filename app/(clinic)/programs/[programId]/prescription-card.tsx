'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { ManySegments, Segments, TextField } from '#components/form/field';
import { Pose } from '#components/program/pose';
import { ScheduleText } from '#components/program/schedule-text';
import { digitSchema } from '#domain/input/fields';
import type { Dose } from '#domain/program/dose';
import { doseSentence, loadSentence } from '#domain/program/dose-words';
import type { PrescriptionInput } from '#domain/program/draft';
import { exerciseCategorySchema } from '#domain/program/exercise';
import type { PoseFrame } from '#domain/program/pose';
import { strengtheningNeedsReason } from '#domain/program/publishing';
import { DoseFields } from './dose-fields';
import { LoadFields } from './load-fields';
import { ScheduleFields } from './schedule-fields';
import type { Edit } from './use-program-draft';

type Exercise = { exerciseVersionId: string; category: string; texts: { name: string }; pose: PoseFrame[] };
type CardProps = {
  prescription: PrescriptionInput;
  exercise: Exercise | undefined;
  /** The dose in the version in force, for "was 5 s"; null where the exercise is new. */
  before: Dose | null;
  surgeryOn: string | null;
  /** The patient's own day. */
  today: string;
  /** What of the restrictions it breaks, whether that was signed or not. */
  broken: readonly { words: string; isSure: boolean }[];
  isFirst: boolean;
  isLast: boolean;
  edit(action: Edit): void;
};

export function PrescriptionCard(props: CardProps) {
  const { prescription, exercise, before, today, isFirst, isLast, edit, surgeryOn, broken } = props;
  const r = useTranslations('restrictions');
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
      onDay: today,
      category: category.data,
      load: dose.load,
    });
  return (
    <article className="card grid gap-4 p-4" aria-label={name}>
      <header className="flex flex-wrap items-center gap-3">
        <Pose id={`card-${lineageId}`} frames={exercise?.pose.slice(0, 1) ?? []} size={48} />
        <div className="min-w-[min(100%,9rem)] grow basis-0">
          <h2 className="section-title">{name}</h2>
          <p className="muted small">
            {[say(doseSentence(dose)), dose.load.kind === 'none' ? '' : say(loadSentence(dose.load))]
              .filter(Boolean)
              .join('. ')}
          </p>
          <p className="muted small">
            <ScheduleText schedule={dose.schedule} />
          </p>
          {broken.map(({ words, isSure }) => (
            <p key={words} className="small font-bold text-care wrap-anywhere">
              {r(isSure ? 'cardBreaks' : 'cardPerhaps', { words })}
            </p>
          ))}
        </div>
        <div className="ms-auto flex gap-3">
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
        </div>
      </header>
      <DoseFields dose={dose} before={before} onChange={(change) => edit({ type: 'dose', lineageId, change })} />
      <ScheduleFields
        schedule={dose.schedule}
        today={today}
        before={before?.schedule ?? null}
        onChange={(schedule) => edit({ type: 'dose', lineageId, change: { schedule } })}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <Segments
          legend={t('side')}
          name={`side-${lineageId}`}
          value={prescription.side}
          choices={(['left', 'right', 'both'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(side) => edit({ type: 'change', lineageId, change: { side } })}
        />
        <LoadFields load={dose.load} onChange={(load) => edit({ type: 'dose', lineageId, change: { load } })} />
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
