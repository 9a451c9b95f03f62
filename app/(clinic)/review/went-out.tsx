import type { ReactNode } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { JustAnswered } from '#client/review/just-answered';
import { useDoseWords } from '#components/program/dose-words';
import { firstWords } from '#domain/input/first-words';

/** What the patient has now, line by line, and the way on. */
export function WentOut({ said, children }: { said: JustAnswered; children: ReactNode }) {
  const t = useTranslations('review.out');
  const doseWords = useDoseWords();
  const { summary, drawings, exercise } = said;
  return (
    <section className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4" aria-label={t('title')}>
      <div className="min-w-0 grow basis-64">
        <h2 className="section-title">{t('title')}</h2>
        <ul className="grid gap-1">
          <li>{t('reply', { words: firstWords(summary) })}</li>
          <li>{t('drawings', { count: drawings })}</li>
          {exercise ? (
            <li>
              {exercise.newDose
                ? t('dose', { exercise: exercise.name, dose: doseWords(exercise.newDose) })
                : t('sameDose')}
            </li>
          ) : null}
        </ul>
      </div>
      {children}
    </section>
  );
}
