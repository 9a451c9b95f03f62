'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { useTranslations } from '#client/device/words/translations';
import { type CheckIn, useShownClip } from '#client/review/use-shown-clip';
import { Cautions } from '#components/practice/flags/cautions';
import { AnswerWords, DrawnAnswer, NewDose } from '#components/review/drawn-answer';
import { isOpen } from '#domain/check-in/submission';
import { ClipTroubles } from './clip-troubles';
import { ReviewDesk } from './desk';
import { NoClip } from './no-clip';
import { SentPanel } from './sent-panel';

/**
 * A check-in that was answered, or whose clip is not there yet: what was sent, what went back, and what the patient said
 * to it. Nothing is claimed, unless somebody answers without waiting for the clip.
 */
export function PastReview({ checkInId, userId, name }: { checkInId: string; userId: string; name: string }) {
  const t = useTranslations('review');
  const trpc = useTRPC();
  const { data: checkIn } = useSuspenseQuery(trpc.checkIns.get.queryOptions({ checkInId }));
  useReadNotices(checkInId);
  const review = checkIn.reviews.find((one) => one.state === 'published') ?? null;
  const shown = useShownClip(checkIn.media);
  const [isAnswering, setAnswering] = useState(false);
  if (isAnswering) return <ReviewDesk checkInId={checkInId} userId={userId} name={name} />;
  return (
    <main className="grid grid-cols-1 lg:grid-cols-[278px_minmax(0,1fr)_378px]">
      <title>{`${checkIn.context?.patient?.name ?? ''} · Regrasp`}</title>
      {checkIn.context?.patient ? (
        <Cautions patientId={checkIn.context.patient.id} place="desk" className="px-4 pt-4 lg:col-span-3 lg:px-5" />
      ) : null}
      <SentPanel checkIn={checkIn} />
      <div className="min-w-0 p-4 lg:p-5">
        {review && shown ? (
          <DrawnAnswer checkIn={checkIn} review={review} shown={shown} label={t('past.clip')} ownRole="clinician" />
        ) : (
          <div className="grid gap-3">
            <NoClip checkIn={checkIn} />
            <ClipTroubles checkIn={checkIn} />
          </div>
        )}
      </div>
      <aside className="grid min-w-0 content-start gap-5 p-4 lg:p-5">
        {review ? <AnswerWords checkIn={checkIn} review={review} title={t('past.answer')} /> : null}
        {isOpen(checkIn.state) ? (
          <button type="button" className="btn primary min-h-14" onClick={() => setAnswering(true)}>
            {t('noClip.answerNow')}
          </button>
        ) : null}
        {checkIn.state === 'redo_requested' ? <p>{t('past.redo')}</p> : null}
        {checkIn.replacedBy ? (
          <Link className="btn quiet min-h-12 w-fit" href={`/review/${checkIn.replacedBy.id}`} prefetch={false}>
            {t('past.filmedAgain')}
          </Link>
        ) : null}
        <NewDose changes={checkIn.newDoses} title={t('past.newDose')} />
        {review ? <PatientSays answer={review.patientAnswer} checkIn={checkIn} /> : null}
      </aside>
    </main>
  );
}

function PatientSays({ answer, checkIn }: { answer: CheckIn['reviews'][number]['patientAnswer']; checkIn: CheckIn }) {
  const t = useTranslations('review');
  const name = checkIn.context?.patient?.name ?? '';
  return (
    <section aria-labelledby="patient-says">
      <h2 id="patient-says" className="section-title">
        {t('past.says', { name })}
      </h2>
      {answer === null ? (
        <p className="muted">{t('past.noAnswer')}</p>
      ) : (
        <p className={`state ${answer === 'clear' ? 'good' : answer === 'it_hurts' ? 'stop' : 'care'}`}>
          {answer === 'it_hurts' ? <OctagonAlert size={20} aria-hidden="true" /> : null}
          {t(`past.${answer}`)}
        </p>
      )}
    </section>
  );
}
