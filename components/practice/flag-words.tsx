import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Outputs } from '#client/api/trpc';
import { flagSaid } from '#domain/practice/flag';
import { MINUTE_MS } from '#domain/time/duration';

export type Flag = Outputs['flags']['open'][number];
type When = (at: number) => string;
type Exercise = Flag['exercise'];

/** An exercise of a program with its side; null = the hand as a whole, which is everything. */
export function useExerciseName(): (exercise: NonNullable<Exercise>) => string {
  const t = useTranslations('today');
  return ({ name, side }) => t('named', { exercise: name, side });
}

type Said = Pick<Flag, 'kind' | 'rule' | 'pain' | 'redFlags'> & Partial<Pick<Flag, 'correctedPain' | 'takenBackAt'>>;

/** What was said, in one line: the worst of it first. */
export function useHeadline(): (flag: Said) => string {
  const t = useTranslations('flags');
  const p = useTranslations('pain.redFlagShort');
  return (flag) => {
    const answer = flagSaid(flag);
    const { correctedPain = null, takenBackAt = null } = flag;
    const back = correctedPain === null ? t('takenBackShort') : t('correctedShort', { pain: correctedPain });
    const after = takenBackAt === null ? '' : `, ${back}`;
    if (answer.said === 'red_flags') {
      const [first, ...more] = answer.redFlags;
      return t('redFlags', { first: p(first), more: more.length }) + after;
    }
    if (answer.said === 'pain' || answer.said === 'not_settled') return t(answer.said, { pain: answer.pain }) + after;
    return (answer.said === 'it_hurts' ? t('itHurts') : t(`rule.${ruleOf(flag.rule)}`)) + after;
  };
}

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

type Note = Flag['notes'][number];

/** What was done so far, oldest first. */
export function FlagNotes({ notes, when }: { notes: readonly Note[]; when: When }) {
  const t = useTranslations('flags');
  if (notes.length === 0) return null;
  return (
    <ul className="grid gap-1" aria-label={t('notes')}>
      {notes.map(({ id, at, byName, text }) => (
        <li key={id} className="wrap-anywhere">
          <span className="muted small">{t('notedBy', { name: byName, when: when(at) })}</span> {text}
        </li>
      ))}
    </ul>
  );
}

const RULES = [
  'red_flag',
  'urgent_from',
  'red_from',
  'prescription_limit',
  'red_rise',
  'it_hurts',
  'not_settled',
  'shown_on_device',
] as const;

/** Rules are stored as text: one that this release does not know is a pain rule all the same. */
function ruleOf(rule: string): (typeof RULES)[number] | 'other' {
  return RULES.find((one) => one === rule) ?? 'other';
}
