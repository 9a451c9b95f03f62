import { OctagonAlert, TriangleAlert } from 'lucide-react';
import type { Outputs } from '#client/api/trpc';
import type { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { flagSaid } from '#domain/practice/flag';
import { TakenWords } from './taken-words';

export type Flag = Outputs['flags']['open'][number];
export type When = ReturnType<typeof useWhen>;
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

/** How grave it is, what was said, of what, and since when. */
export function FlagLine({ flag, when }: { flag: Flag; when: When }) {
  const t = useTranslations('flags');
  const c = useTranslations('clock');
  const headline = useHeadline();
  const nameOf = useExerciseName();
  const { severity, exercise, notes, saidAt, deviceSaidAt, raisedAt, escalation } = flag;
  const held = flag.stops.filter(({ liftedAt }) => liftedAt === null);
  const stopped = held.some(({ lineageId }) => lineageId === null)
    ? t('allStopped')
    : held.length > 0
      ? t('someStopped', { count: held.length })
      : null;
  const Icon = severity === 'amber' ? TriangleAlert : OctagonAlert;
  const more = [exercise ? nameOf(exercise) : null, stopped, when(saidAt ?? raisedAt)].filter((one) => one !== null);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className={`state whitespace-normal ${severity === 'amber' ? 'care' : 'stop'}`}>
        <Icon size={20} aria-hidden="true" />
        {t('line', { severity, said: headline(flag) })}
      </span>
      <span className="muted small">
        {more.join(' · ')}
        {notes.length > 0 ? ` · ${t('noted', { count: notes.length })}` : ''}
      </span>
      {escalation ? <TakenWords flag={escalation} when={when} /> : null}
      {deviceSaidAt === null ? null : (
        <span className="state care small whitespace-normal">{c('wrong', { when: when(deviceSaidAt, 'dated') })}</span>
      )}
    </span>
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
export function ruleOf(rule: string): (typeof RULES)[number] | 'other' {
  return RULES.find((one) => one === rule) ?? 'other';
}
