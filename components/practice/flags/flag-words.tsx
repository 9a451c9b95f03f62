import Link from 'next/link';
import { useTranslations } from '#client/device/words/translations';
import { flagSaid } from '#domain/practice/flag';
import { MINUTE_MS } from '#domain/time/duration';
import { type Flag, ruleOf, useExerciseName, type When } from './flag-line';

/** The answer whole: every question with its "Yes", the number, where it was said, and what was said instead. */
export function FlagAnswer({ flag, when }: { flag: Flag; when: When }) {
  const t = useTranslations('flags');
  const p = useTranslations('pain.redFlag');
  const r = useTranslations('progress.removal');
  const nameOf = useExerciseName();
  const answer = flagSaid(flag);
  const { exercise, pain, takenBackAt, correctedPain } = flag;
  const named = exercise ? nameOf(exercise) : null;
  return (
    <div className="grid gap-1">
      {answer.said === 'red_flags'
        ? answer.redFlags.map((code) => (
            <p key={code}>
              {p(code)} <strong className="text-stop">{t('yes')}</strong>
            </p>
          ))
        : null}
      {flag.kind === 'it_hurts' ? <p>{t('saidItHurts')}</p> : null}
      {pain === null ? null : (
        <p>
          <strong>{t(answer.said === 'not_settled' ? 'not_settled' : 'pain', { pain })}</strong>
        </p>
      )}
      {named ? <p>{t('of', { exercise: named })}</p> : null}
      {takenBackAt === null ? null : (
        <p>
          {correctedPain === null
            ? t('takenBack', { when: when(takenBackAt) })
            : t('corrected', { pain: correctedPain, when: when(takenBackAt) })}
        </p>
      )}
      {flag.removed ? <p>{t('removed', { when: when(flag.removed.at), why: r(flag.removed.reason) })}</p> : null}
      <WhereAndWhen flag={flag} when={when} />
    </div>
  );
}

function WhereAndWhen({ flag, when }: { flag: Flag; when: When }) {
  const t = useTranslations('flags');
  const { saidAt, raisedAt, sourceKind, sourceId, saidIn, rule } = flag;
  const checkInId = sourceKind === 'check_in' ? sourceId : saidIn?.place === 'check_in' ? saidIn.subjectId : null;
  const place = saidIn ? t(`place.${saidIn.place}`) : t(`source.${sourceKind}`);
  const isLate = saidAt !== null && raisedAt - saidAt >= MINUTE_MS;
  return (
    <p className="muted small">
      {checkInId ? (
        <Link className="link" href={`/review/${checkInId}`} prefetch={false}>
          {place}
        </Link>
      ) : (
        place
      )}
      {' · '}
      {saidAt === null ? t('arrived', { when: when(raisedAt) }) : t('saidAt', { when: when(saidAt) })}
      {isLate ? ` · ${t('arrived', { when: when(raisedAt) })}` : ''}
      {` · ${t('byRule', { rule: t(`rule.${ruleOf(rule)}`) })}`}
    </p>
  );
}

/** What the answer stopped, since when, until when; and what goes on again, since when and why. */
export function FlagStops({ flag, when }: { flag: Flag; when: When }) {
  const t = useTranslations('flags');
  const nameOf = useExerciseName();
  return (
    <ul className="grid gap-1">
      {flag.stops.map(({ id, exercise, lineageId, severity, saidAt, liftedAt, liftedFor }) => {
        const what = lineageId === null ? t('everything') : exercise ? nameOf(exercise) : t('anExercise');
        return (
          <li key={id}>
            {liftedAt === null || liftedFor === null
              ? t('stopped', { what, when: when(saidAt), severity })
              : t('goesOnAgain', { what, when: when(liftedAt), liftedFor })}
          </li>
        );
      })}
    </ul>
  );
}
