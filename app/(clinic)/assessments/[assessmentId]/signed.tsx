'use client';

import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Assessment } from '#client/record/use-assessment';
import type { useMeasureWords } from '#client/record/use-measure-words';
import { SECTIONS, sectionOf } from '#domain/record/assessment';

/** What was measured in a signed assessment, part by part, with its note. */
export function SignedView({
  assessment,
  words,
}: {
  assessment: Assessment;
  words: ReturnType<typeof useMeasureWords>;
}) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const when = useWhen(null);
  const dayName = useDayName();
  const { id, state, signedAt, note, nextDueOn } = assessment.data.assessment;
  const measures = assessment.measures.filter(({ assessmentId }) => assessmentId === id);
  if (state === 'discarded') return <p className="state care">{t('discarded')}</p>;
  return (
    <div className="grid max-w-[900px] grid-cols-1 gap-5">
      <p className="state good whitespace-normal">{t('signed', { when: signedAt === null ? '' : when(signedAt) })}</p>
      {note ? <p className="whitespace-pre-wrap wrap-anywhere">{note}</p> : null}
      {SECTIONS.map((part) => {
        const ofPart = measures.filter(({ kind }) => sectionOf(kind) === part);
        if (ofPart.length === 0) return null;
        return (
          <section key={part} className="card p-4" aria-labelledby={`signed-${part}`}>
            <h2 id={`signed-${part}`} className="section-title">
              {t(`part.${part}`)}
            </h2>
            <dl className="grid">
              {ofPart.map((measure) => (
                <div key={measure.id} className="flex flex-wrap justify-between gap-2 border-line border-b py-2">
                  <dt>
                    {words.name(measure)}{' '}
                    {measure.side ? <span className="lr">{m(`side.${measure.side}`)}</span> : null}{' '}
                    <span className="muted small">{words.how(measure)}</span>
                  </dt>
                  <dd className="font-bold">{words.value(measure, measure)}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      <p className="muted">{nextDueOn === null ? t('noNext') : t('nextOn', { day: dayName(nextDueOn) })}</p>
    </div>
  );
}
