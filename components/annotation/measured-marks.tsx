'use client';

import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import { goniometer, plainReading } from '#domain/annotation/goniometry';
import { type Box, type LabelPlace, placeAll } from '#domain/annotation/label-layout';
import { isMeasurement } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';
import { coreOf, ringRadius } from './mark-shapes';

type MarksProps = {
  marks: readonly CommittedMark[];
  view: ShownView;
  ownRole: 'clinician' | 'patient';
  nameOf(authorId: string): string;
  tagWords?: (code: string) => string | null;
  /** Where something lies over the picture that would hide a value. */
  taken?: readonly Box[];
};

/** LEFT or RIGHT stands there. */
const CORNER = { width: 150, height: 56 };

/** As wide as the words are in the label's own type; a text that was made larger makes it larger. */
function labelSize(words: string) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { width: words.length * rem * 0.9 + 22, height: rem * 1.65 + 14 };
}

type MarkLabelsProps = Pick<MarksProps, 'marks' | 'view' | 'ownRole' | 'tagWords' | 'taken'>;

/**
 * The values at their joints and the numbers of the tags at their rings, upright and unmirrored whatever the picture does;
 * what they say stands below it, where no words cover the hand.
 */
export function MarkLabels({ marks, view, ownRole, tagWords, taken = [] }: MarkLabelsProps) {
  const t = useTranslations('annotation');
  const { toView } = view.transform;
  const { values, placed, isNumbered } = labelledMarks(marks, tagWords);
  const valueWords = values.map(({ mark, reading }, index) => {
    const value =
      ownRole === 'patient'
        ? t('degreesNow', plainReading(mark.measurement, reading.valueDegrees))
        : t('degrees', { degrees: Math.round(reading.valueDegrees) });
    return isNumbered ? t('numbered', { number: index + 1, value }) : value;
  });
  const tagNumbers = isNumbered ? placed.map((_, index) => t('number', { number: values.length + index + 1 })) : [];
  const radius = ringRadius(coreOf(view));
  const { left, top } = view.transform.content;
  const places = placeAll(
    values.map(({ mark: { points } }, index) => {
      const [proximal, joint, distal] = points;
      return { points: [toView(proximal), toView(joint), toView(distal)], size: labelSize(valueWords[index] ?? '') };
    }),
    placed.map(({ at }, index) => ({ at: toView(at), radius, size: labelSize(tagNumbers[index] ?? '') })),
    view,
    [{ left: Math.max(0, left), top: Math.max(0, top), ...CORNER }, ...taken],
  );
  return (
    <>
      {values.map(({ mark: { markId } }, index) => (
        <MarkLabel key={markId} kind="angle" words={valueWords[index] ?? ''} place={places.values[index]} />
      ))}
      {tagNumbers.map((words, index) => (
        <MarkLabel key={placed[index]?.tag.markId} kind="tag" words={words} place={places.tags[index]} />
      ))}
    </>
  );
}

type LabelProps = { kind: 'angle' | 'tag'; words: string; place: LabelPlace | undefined };

function MarkLabel({ kind, words, place }: LabelProps) {
  return (
    <div
      aria-hidden="true"
      className={`mark-label ${kind} pointer-events-none`}
      style={{ ...place, ...labelSize(words) }}
    >
      {words}
    </div>
  );
}

/** What the values on the picture are of, and what to do next time at a tag, one line each: beside the picture. */
export function MarkWords({ marks, ownRole, tagWords }: Pick<MarksProps, 'marks' | 'ownRole' | 'tagWords'>) {
  const t = useTranslations('annotation');
  const { values, placed, placeless, isNumbered } = labelledMarks(marks, tagWords);
  if (values.length + placed.length + placeless.length === 0) return null;
  const numbered = (number: number, value: string) => (isNumbered ? t('numbered', { number, value }) : value);
  return (
    // As text they are read in the list of marks.
    <ul aria-hidden="true" className="measured-words">
      {values.map(({ mark }, index) => {
        const of = measurementWords(mark.measurement);
        const words = ownRole === 'patient' ? t('estimatePlain', of) : t('estimate', of);
        return <li key={mark.markId}>{numbered(index + 1, words)}</li>;
      })}
      {placed.map(({ tag, words }, index) => (
        <li key={tag.markId} className="tag-words">
          {numbered(values.length + index + 1, words)}
        </li>
      ))}
      {placeless.map(({ tag, words }) => (
        <li key={tag.markId} className="tag-words">
          {words}
        </li>
      ))}
    </ul>
  );
}

/** What is labelled, in one order: values, tags with a place on the hand, and those without, which have no number. */
function labelledMarks(marks: readonly CommittedMark[], tagWords: MarksProps['tagWords']) {
  const values = measuredMarks(marks);
  const tags = marks.flatMap(({ mark }) => {
    const words = mark.kind === 'error_tag' ? tagWords?.(mark.code) : null;
    return words && mark.kind === 'error_tag' ? [{ tag: mark, words }] : [];
  });
  const placed = tags.flatMap(({ tag, words }) => (tag.point ? [{ tag, words, at: tag.point }] : []));
  const placeless = tags.filter(({ tag }) => !tag.point);
  return { values, placed, placeless, isNumbered: values.length + placed.length > 1 };
}

function measuredMarks(marks: readonly CommittedMark[]) {
  return marks.flatMap(({ mark }) => {
    if (!isMeasurement(mark)) return [];
    const reading = goniometer({ points: mark.points, aspect: mark.aspect, measurement: mark.measurement });
    return reading ? [{ mark, reading }] : [];
  });
}

type Measured = Extract<CommittedMark['mark'], { kind: 'angle' }>['measurement'];

function measurementWords(measurement: NonNullable<Measured>) {
  return {
    joint: measurement.joint,
    motion: measurement.motion,
    digit: measurement.digit ?? 'none',
    view: measurement.view,
    side: measurement.side,
  };
}

/** The same marks as text: what a screen reader reads is what a test reads. */
export function MarkList({
  marks,
  ownRole,
  nameOf,
  tagWords,
}: Pick<MarksProps, 'marks' | 'ownRole' | 'nameOf' | 'tagWords'>) {
  const t = useTranslations('annotation');
  function measured(measurement: NonNullable<Measured>, valueDegrees: number): string {
    const words = measurementWords(measurement);
    if (ownRole === 'patient') return t('measuredPlain', { ...words, ...plainReading(measurement, valueDegrees) });
    return t('measured', { ...words, degrees: Math.round(valueDegrees) });
  }
  return (
    <ul className="vh" aria-label={t('marks')}>
      {marks.map(({ mark, author }) => {
        const base = t('markBy', { kind: mark.kind, author: nameOf(author.authorId) });
        const reading = isMeasurement(mark)
          ? goniometer({ points: mark.points, aspect: mark.aspect, measurement: mark.measurement })
          : null;
        const value =
          reading && isMeasurement(mark)
            ? measured(mark.measurement, reading.valueDegrees)
            : mark.kind === 'error_tag'
              ? (tagWords?.(mark.code) ?? '')
              : '';
        return <li key={mark.markId}>{value ? `${base}: ${value}` : base}</li>;
      })}
    </ul>
  );
}
