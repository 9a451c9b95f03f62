'use client';

import { useFormatter } from 'next-intl';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { MeasureWords } from '#client/record/use-measure-words';
import { specOf } from '#domain/record/catalogue';
import type { DetectableChange } from '#domain/record/catalogue/spec';
import type { ChangeContext } from '#domain/record/changes';
import { asshGrade } from '#domain/record/joints';
import { ageInYear, type NormAnswer, normsOf } from '#domain/record/norms';
import { otherHandOf, percentOfOtherHand, type Series } from '#domain/record/series';
import { localDay } from '#domain/time/local-day';
import type { Item, Measure, Reader } from './reader';

/** What is known of the hand and its examiners; where nobody said it, it is not known. */
export function errorContext({ of, points }: Series<Measure>, { patient, episodes }: Reader): ChangeContext {
  const sides = episodes.map(({ side }) => side);
  const isKnown = of.side !== null && sides.length > 0;
  const [first, last] = [points[0].rows[0], points.at(-1)?.rows[0]];
  const { dominantHand } = patient;
  return {
    isAffected: isKnown ? sides.some((side) => side === 'both' || side === of.side) : null,
    isDominant: dominantHand === 'left' || dominantHand === 'right' ? dominantHand === of.side : null,
    isSameExaminer: last ? first.byName === last.byName : null,
  };
}

const HANDS = { affected: 'affected', other: 'other_hand' } as const;
const DOMINANCE = { dominant: 'dominant', other: 'not_dominant' } as const;
const EXAMINERS = { same: 'same', other: 'two' } as const;

/** Of whom the error is, and who found it. */
export function ErrorSource({ against, error }: { against: DetectableChange; error: string }) {
  const t = useTranslations('measures');
  const { population, source, hand, dominance, examiner } = against;
  const of = hand ? HANDS[hand] : dominance ? DOMINANCE[dominance] : examiner ? EXAMINERS[examiner] : 'none';
  return (
    <p className="small muted">
      {t('change.errorOf', {
        error,
        population: t(`population.${population}`),
        hand: of,
        source: t(`source.${source}`),
      })}
    </p>
  );
}

type PanelNotesProps = { item: Item; items: readonly Item[]; reader: Reader; words: MeasureWords };

/** What a value is compared with: the other hand, the whole of a finger, people of that age and sex. */
export function PanelNotes({ item, items, reader, words }: PanelNotesProps) {
  const t = useTranslations('measures');
  const when = useWhen(null);
  const { main } = item;
  const { of, points } = main;
  const last = points.at(-1) ?? points[0];
  const all = items.flatMap(({ lines }) => lines);
  const other = otherHandOf(main, all);
  const otherLast = other?.points.at(-1) ?? null;
  const spec = specOf(of.kind);
  // Of pain, sizes and findings the other hand is no measure.
  const isCompared = spec.group === 'strength' || of.kind === 'box_and_block' || of.kind === 'total_motion';
  const percent = isCompared ? percentOfOtherHand(last.value, otherLast?.value ?? null) : null;
  const isTam = of.kind === 'total_motion' && of.activity === 'active' && of.digit !== null;
  const grade =
    isTam && of.digit && last.value !== null ? asshGrade(of.digit, last.value, otherLast?.value ?? null) : null;
  const norms = item.lines.flatMap((line) => normsOfLine(line, reader));
  if (percent === null && !grade && norms.length === 0 && !main.isDerived) return null;
  return (
    <div className="change-words grid gap-1">
      {percent === null || !otherLast ? null : (
        <p>
          <strong>
            {t('other.percent', { percent, value: words.value(of, otherLast), date: when(otherLast.at, 'date') })}
          </strong>{' '}
          {spec.group === 'strength' ? t('other.rule') : ''}
        </p>
      )}
      {grade ? <p>{t('total.grade', grade)}</p> : null}
      {main.isDerived ? <p>{t('total.derived')}</p> : null}
      {norms.map((norm) => (
        <p key={norm.id}>
          <NormWords norm={norm} kind={of.kind} words={words} />
        </p>
      ))}
      {norms.length > 0 ? <p className="small muted">{t('norm.caution')}</p> : null}
    </div>
  );
}

function normsOfLine({ of, points }: Series<Measure>, { patient }: Reader): NormAnswer[] {
  const last = points.at(-1) ?? points[0];
  if (last.value === null) return [];
  const ageYears = ageInYear(patient.birthYear, localDay(last.at, patient.timeZone));
  return normsOf({ of, value: last.value, trials: last.trials?.length ?? 0 }, { sex: patient.sex, ageYears });
}

function NormWords({ norm, kind, words }: { norm: NormAnswer; kind: Measure['kind']; words: MeasureWords }) {
  const t = useTranslations('measures.norm');
  const format = useFormatter();
  const { reading, fromAge: from, toAge: to, sex } = norm;
  const ages = to === null ? t('agesUp', { from }) : t('ages', { from, to });
  const source = t(norm.id as 'tomkinson_grip' | 'mathiowetz_grip' | 'mathiowetz_tip');
  if (reading.what === 'percentile') {
    const between = reading.above === null ? 'low' : reading.below === null ? 'high' : 'between';
    const [above, below] = [reading.above ?? 0, reading.below ?? 0].map((value) => format.number(value));
    return t('percentile', { between, above: above ?? '', below: below ?? '', sex, ages, band: reading.band, source });
  }
  const mean = words.amount(kind, reading.mean);
  if (reading.deviations === 0) return t('spreadMean', { mean, sex, ages, source });
  const way = reading.deviations > 0 ? 'above' : 'below';
  return t('spread', { size: format.number(Math.abs(reading.deviations)), way, mean, sex, ages, source });
}
