'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '#client/api/trpc';
import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type Assessment, useAssessment } from '#client/record/use-assessment';
import { useMeasureWords } from '#client/record/use-measure-words';
import { PinnedRestrictions } from '#components/record/pinned-restrictions';
import { usePinned } from '#components/record/use-pinned';
import { isolated } from '#domain/input/isolated';
import { daysBetween } from '#domain/time/local-day';
import { FindingsCard } from './findings-card';
import { ForbiddenNote } from './forbidden-note';
import { MotionCard } from './motion-card';
import type { PartProps } from './part-props';
import { PartsNav } from './parts-nav';
import { RowsCard } from './rows-card';
import { SideColumn } from './side-column';
import { SignedView } from './signed';
import { StrengthCard } from './strength-card';

/** An assessment as it is written, part by part; once it is signed, what was measured in it. */
export function AssessmentPage({ assessmentId }: { assessmentId: string }) {
  const trpc = useTRPC();
  const { data: units } = useSuspenseQuery(trpc.account.units.queryOptions());
  const unit = units.force ?? 'kgf';
  const assessment = useAssessment(assessmentId, unit);
  const words = useMeasureWords(unit);
  const { state } = assessment.data.assessment;
  const { patientId } = assessment.data;
  const shared = { assessment, words, unit, assessmentId, patientId };
  return (
    <main className="mx-auto grid w-full max-w-[1400px] grid-cols-1 content-start gap-5 px-4 py-6 md:px-8">
      <Head assessment={assessment} />
      {state === 'draft' ? <Draft {...shared} /> : <SignedView assessment={assessment} words={words} />}
    </main>
  );
}

function Draft(props: PartProps) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px] xl:grid-cols-[190px_minmax(0,1fr)_300px]">
      <PartsNav assessment={props.assessment} />
      <div className="grid min-w-0 grid-cols-1 gap-5">
        <ForbiddenNote assessment={props.assessment} />
        <RowsCard {...props} part="pain_skin" />
        <StrengthCard {...props} />
        <MotionCard {...props} />
        <FindingsCard {...props} part="findings" />
        <RowsCard {...props} part="feeling" />
        <FindingsCard {...props} part="tasks" />
      </div>
      <SideColumn {...props} />
    </div>
  );
}

function Head({ assessment }: { assessment: Assessment }) {
  const t = useTranslations('assessment');
  const s = useTranslations('measures.side');
  const dayName = useDayName();
  const when = useWhen(null);
  const { data, isWaiting } = assessment;
  const { template, condition, localOn, changedAt, state } = data.assessment;
  const { name, birthYear, dominantHand } = data.patient;
  const { side, conditionText, surgeryOn, injuryOn } = data.episode;
  const title = t(`title.${template}`);
  const since = surgeryOn ?? injuryOn;
  const weeks = since === null ? null : Math.floor(daysBetween(since, localOn) / 7);
  const facts = [
    name,
    birthYear === null ? '' : t('age', { age: Number(localOn.slice(0, 4)) - birthYear }),
    dominantHand === 'unknown' ? '' : t('dominant', { hand: dominantHand }),
    conditionText,
    t(`condition.${condition as 'other'}`),
    weeks === null || weeks < 0 ? '' : t('week', { weeks }),
    dayName(localOn),
  ].filter(Boolean);
  const keeping = isWaiting ? t('waiting') : t('saved', { when: when(changedAt, 'time') });
  return (
    <header className="flex flex-wrap items-start gap-3">
      <title>{`${title}, ${isolated(name)} · Regrasp`}</title>
      <Link
        href={`/patients/${data.patientId}/measurements`}
        className="btn quiet min-h-12 min-w-12"
        aria-label={t('back')}
        prefetch={false}
      >
        <ArrowLeft aria-hidden="true" size={20} className="rtl:rotate-180" />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="page-title wrap-anywhere">
          {title} {side === 'both' ? null : <span className="lr align-middle">{s(side)}</span>}
        </h1>
        <p className="muted wrap-anywhere">{facts.join(', ')}</p>
        <div className="mt-1 flex flex-wrap gap-2 empty:hidden">
          <PinnedRestrictions pinned={usePinned(data.patientId)} />
        </div>
        {state === 'draft' ? (
          <p role="status" className={isWaiting ? 'small text-care' : 'small muted'}>
            {keeping}
          </p>
        ) : null}
      </div>
    </header>
  );
}
