'use client';

import { useState } from 'react';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { SelectField, TextField } from '#components/form/field';
import { Pose } from '#components/program/pose';
import { isFoundIn } from '#domain/input/folded';
import { EXERCISE_CATEGORIES } from '#domain/program/exercise';
import type { LibraryExercise } from './use-program-draft';

/** Every word of the name, the purpose and the kind counts; accents and case do not. */
function matches({ texts, category, equipment }: LibraryExercise, query: string): boolean {
  return isFoundIn([texts.name, texts.purpose, category, ...equipment].join(' '), query);
}

export function LibraryPanel({
  library,
  onAdd,
}: {
  library: readonly LibraryExercise[];
  onAdd(exercise: LibraryExercise): void;
}) {
  const t = useTranslations('programEditor');
  const d = useTranslations('demo');
  const say = useSay();
  const [query, setQuery] = useState('');
  const [category, setCategory] = useState('');
  const shown = library.filter(
    (exercise) => matches(exercise, query) && (category === '' || exercise.category === category),
  );
  return (
    <section className="grid content-start gap-3" aria-label={t('library')}>
      <TextField label={t('search')} type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      <SelectField label={t('category')} value={category} onChange={(event) => setCategory(event.target.value)}>
        <option value="">{t('all')}</option>
        {EXERCISE_CATEGORIES.map((one) => (
          <option key={one} value={one}>
            {say({ key: `exercise.category.${one}` })}
          </option>
        ))}
      </SelectField>
      <ul className="card max-h-[70dvh] divide-y divide-line overflow-y-auto">
        {shown.map((exercise) => (
          <li key={exercise.exerciseId} className="flex items-center gap-3 p-2.5">
            <Pose id={`lib-${exercise.exerciseId}`} frames={exercise.pose.slice(0, 1)} size={40} />
            <span className="min-w-0 grow">
              <strong className="block leading-tight">{exercise.texts.name}</strong>
              <span className="muted small block">{say({ key: `exercise.category.${exercise.category}` })}</span>
              {/* Another tab: what is being edited here is not saved yet. */}
              <a
                className="link small"
                href={`/exercises/${exercise.exerciseId}`}
                target="_blank"
                rel="noopener"
                aria-label={d('linkNamed', { name: exercise.texts.name })}
              >
                {d('link')}
              </a>
            </span>
            <button
              type="button"
              className="btn quiet"
              aria-label={t('addNamed', { name: exercise.texts.name })}
              onClick={() => onAdd(exercise)}
            >
              {'+'}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
