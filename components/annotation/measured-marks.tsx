'use client';

import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import { goniometer, plainReading } from '#domain/annotation/goniometry';
import { type Box, placeLabels } from '#domain/annotation/label-layout';
import { isMeasurement } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';

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

/** The values at their joints, upright and unmirrored whatever the picture does; what they are of stands below it. */
type AngleLabelsProps = Pick<MarksProps, 'marks' | 'view' | 'ownRole' | 'taken'>;

export function AngleLabels({ marks, view, ownRole, taken = [] }: AngleLabelsProps) {
  const t = useTranslations('annotation');
  const values = measuredMarks(marks).map(({ mark, reading }, index, all) => {
    const value =
      ownRole === 'patient'
        ? t('degreesNow', plainReading(mark.measurement, reading.valueDegrees))
        : t('degrees', { degrees: Math.round(reading.valueDegrees) });
    const words = all.length > 1 ? t('numbered', { number: index + 1, value }) : value;
    const [proximal, joint, distal] = mark.points;
    const { toView } = view.transform;
    const points = [toView(proximal), toView(joint), toView(distal)] as const;
    return { markId: mark.markId, words, label: { points, size: labelSize(words) } };
  });
  const { left, top } = view.transform.content;
  const places = placeLabels(
    values.map(({ label }) => label),
    view,
    [{ left: Math.max(0, left), top: Math.max(0, top), ...CORNER }, ...taken],
  );
  return values.map(({ markId, words, label }, index) => (
    <div
      key={markId}
      aria-hidden="true"
      className="mark-label angle"
      style={{ ...places[index], width: label.size.width, height: label.size.height }}
    >
      {words}
    </div>
  ));
}

/** What the values on the picture are of, one line each: beside the picture, where no words cover the hand. */
export function MeasuredWords({ marks, ownRole }: Pick<MarksProps, 'marks' | 'ownRole'>) {
  const t = useTranslations('annotation');
  const measured = measuredMarks(marks);
  if (measured.length === 0) return null;
  return (
    // As text they are read in the list of marks.
    <ul aria-hidden="true" className="measured-words">
      {measured.map(({ mark }, index) => {
        const of = measurementWords(mark.measurement);
        const words = ownRole === 'patient' ? t('estimatePlain', of) : t('estimate', of);
        return (
          <li key={mark.markId}>{measured.length > 1 ? t('numbered', { number: index + 1, value: words }) : words}</li>
        );
      })}
    </ul>
  );
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
