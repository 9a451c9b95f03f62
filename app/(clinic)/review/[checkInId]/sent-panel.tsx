'use client';

import Link from 'next/link';
import { useSay } from '#client/device/say';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { CheckIn } from '#client/review/use-shown-clip';
import { ClockWrong } from '#components/practice/clock-wrong';
import { useDoseWords } from '#components/program/dose-words';
import { doseChanges } from '#domain/program/dose';

/** What the patient sent, the dose, the last logs and the last feedback. */
export function SentPanel({ checkIn }: { checkIn: CheckIn }) {
  const t = useTranslations('review');
  const say = useSay();
  const doseWords = useDoseWords();
  const { context, answers, filmed } = checkIn;
  // Another version since need not have changed this exercise.
  const isOlder = filmed && context?.program && doseChanges(filmed.dose, context.program.dose).length > 0;
  const name = context?.patient?.name ?? '';
  const timeZone = context?.patient?.timeZone ?? 'UTC';
  const when = useWhen(timeZone);
  return (
    <aside className="grid content-start gap-4 p-5">
      <h1 className="section-title">
        {checkIn.exercise?.name ? t('titleOf', { name, exercise: checkIn.exercise.name }) : t('generalOf', { name })}
      </h1>
      {context?.patient ? (
        <Link className="btn quiet min-h-12 w-fit" href={`/patients/${context.patient.id}`} prefetch={false}>
          {t('record')}
        </Link>
      ) : null}
      {checkIn.replaces ? (
        <Link
          className="link inline-flex min-h-12 items-center"
          href={`/review/${checkIn.replaces.id}`}
          prefetch={false}
        >
          {t('replaces', { when: when(checkIn.replaces.submittedAt) })}
        </Link>
      ) : null}
      {checkIn.question ? <p className="note">{checkIn.question}</p> : null}
      <dl className="grid grid-cols-2 gap-1">
        <dt className="muted">{t('sent')}</dt>
        <dd>
          {when(checkIn.submittedAt)} <ClockWrong said={checkIn.deviceSubmittedAt} timeZone={timeZone} />
        </dd>
        <dt className="muted">{t('pain')}</dt>
        <dd>{answers.pain === null ? t('notAnswered') : t('ofTen', { pain: answers.pain })}</dd>
        {answers.redFlags === null || answers.redFlags.length === 0 ? (
          <>
            <dt className="muted">{t('redFlags')}</dt>
            <dd>{answers.redFlags === null ? t('notAnswered') : t('noneOfThese')}</dd>
          </>
        ) : null}
        <dt className="muted">{t('promise')}</dt>
        <dd>{checkIn.promisedAt === null ? t('noDate') : when(checkIn.promisedAt)}</dd>
      </dl>
      {answers.redFlags && answers.redFlags.length > 0 ? (
        <ul className="grid gap-1" aria-label={t('redFlags')}>
          {answers.redFlags.map((flag) => (
            <li key={flag}>
              {say({ key: `pain.redFlag.${flag}` })} <strong className="text-stop">{t('yes')}</strong>
            </li>
          ))}
        </ul>
      ) : null}
      {filmed ? (
        <section>
          <h2 className="label">{t('prescribed', { version: filmed.version })}</h2>
          <p>{doseWords(filmed.dose)}</p>
        </section>
      ) : null}
      {isOlder && context?.program ? (
        <section>
          <h2 className="label">{t('prescribedNow', { version: context.program.version })}</h2>
          <p>{doseWords(context.program.dose)}</p>
        </section>
      ) : null}
      <section>
        <h2 className="label">{t('lastLogs')}</h2>
        {context?.logs.length === 0 ? <p className="muted">{t('noLogs')}</p> : null}
        <ul>
          {context?.logs.map((log) => (
            <li key={log.id}>
              {t('logText', { when: when(log.performedAt), pain: log.pain ?? -1 })}{' '}
              <ClockWrong said={log.devicePerformedAt} timeZone={log.performedTimeZone} />
            </li>
          ))}
        </ul>
      </section>
      {context?.lastFeedback ? (
        <section>
          <h2 className="label">{t('lastFeedback')}</h2>
          <p>{context.lastFeedback.summary}</p>
        </section>
      ) : null}
    </aside>
  );
}
