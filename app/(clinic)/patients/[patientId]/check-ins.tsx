'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { placeAfterCheckIns } from '#client/check-in/place-after';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { MoreButton } from '#components/form/more-button';
import { ClockWrong } from '#components/practice/clock-wrong';
import { maySendAgain } from '#domain/check-in/media';

type CheckIn = Outputs['checkIns']['ofPatient'][number];

type CheckInsProps = { patientId: string; timeZone: string; isToRead?: boolean };

/**
 * Every check-in of the patient, newest first: where it stands, and what the patient said to the answer. `isToRead`: one
 * that waits is not opened from here, since opening it takes it.
 */
export function PatientCheckIns({ patientId, timeZone, isToRead = false }: CheckInsProps) {
  const t = useTranslations('patients.checkIns');
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.checkIns.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterCheckIns }),
  );
  const checkIns = pages.data?.pages.flat() ?? [];
  return (
    <section className="grid gap-3" aria-labelledby="check-ins">
      <h2 id="check-ins" className="section-title">
        {t('title')}
      </h2>
      {pages.data && checkIns.length === 0 ? <p className="muted">{t('none')}</p> : null}
      <ul className="card divide-y divide-line empty:hidden" aria-labelledby="check-ins">
        {checkIns.map((checkIn) => (
          <CheckInRow key={checkIn.id} checkIn={checkIn} timeZone={timeZone} isToRead={isToRead} />
        ))}
      </ul>
      <MoreButton pages={pages} label={t('older')} />
    </section>
  );
}

/** Its bytes never came; the phone that filmed it may still have them. */
function hasNotArrived({ state, media }: CheckIn): boolean {
  return state === 'failed_media' && media.some(({ failure }) => maySendAgain(failure));
}

function CheckInRow({ checkIn, timeZone, isToRead }: { checkIn: CheckIn; timeZone: string; isToRead: boolean }) {
  const t = useTranslations('patients.checkIns');
  const c = useTranslations('checkIns');
  const when = useWhen(timeZone)(checkIn.submittedAt);
  const name = checkIn.exercise?.name ?? c('general');
  const answer = checkIn.reviews.find((review) => review.state === 'published')?.patientAnswer ?? null;
  const open = checkIn.closedAt === null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <span className="min-w-0 grow">
        <strong className="block">{name}</strong>
        <span className="muted block">{when}</span>
        <ClockWrong said={checkIn.deviceSubmittedAt} timeZone={timeZone} />
      </span>
      <span className={`state ${open ? 'calm' : 'good'}`}>
        {hasNotArrived(checkIn) ? t('notArrived') : t(`state.${checkIn.state}`)}
      </span>
      {answer === null || answer === 'clear' ? null : (
        <span className={`state ${answer === 'it_hurts' ? 'stop' : 'care'}`}>{t(answer)}</span>
      )}
      {isToRead && open ? null : (
        <Link
          className="btn quiet min-h-12"
          href={`/review/${checkIn.id}`}
          prefetch={false}
          aria-label={t(open ? 'reviewNamed' : 'showNamed', { name, when })}
        >
          {t(open ? 'review' : 'show')}
        </Link>
      )}
    </li>
  );
}
