'use client';

import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { useDigits } from '#client/program/use-name-of';
import { Problem } from '#components/form/field';
import { useDoseWords } from '#components/program/dose-words';

/** `isToRead`: nothing here changes a program. */
export function PatientPrograms({ patientId, isToRead = false }: { patientId: string; isToRead?: boolean }) {
  const t = useTranslations('record');
  const e = useTranslations('programEditor');
  const n = useTranslations('today');
  const doseWords = useDoseWords();
  const digitsOf = useDigits();
  const router = useRouter();
  const trpc = useTRPC();
  const { data: programs } = useSuspenseQuery(trpc.programs.ofPatient.queryOptions({ patientId }));
  const create = useMutation(
    trpc.programs.create.mutationOptions({ onSuccess: ({ programId }) => router.push(`/programs/${programId}`) }),
  );
  const createOnce = useOneAtATime(create, { leaves: true });
  return (
    <section className="grid gap-3" aria-labelledby="programs">
      <h2 id="programs" className="section-title">
        {t('programs')}
      </h2>
      {programs.length === 0 ? <p className="muted">{t('noProgram')}</p> : null}
      {programs.map((program) => (
        <article key={program.id} className="card grid gap-2 p-4">
          <div className="flex flex-wrap items-center gap-3">
            <strong className="grow">{program.title}</strong>
            <span className="muted">
              {program.current
                ? t('version', { number: program.current.number })
                : t(program.state === 'closed' ? 'ended' : 'notPublished')}
            </span>
            {isToRead ? null : (
              <Link
                className="btn quiet max-w-full whitespace-normal py-1.5"
                href={`/programs/${program.id}`}
                prefetch={false}
              >
                {t('edit', { title: program.title })}
              </Link>
            )}
          </div>
          <ul className="grid gap-1">
            {program.current?.prescriptions.map((row) => {
              const name =
                program.exercises.find((exercise) => exercise.exerciseVersionId === row.exerciseVersionId)?.texts
                  .name ?? '';
              return (
                <li key={row.id}>
                  {n('named', { exercise: name, side: row.side })}{' '}
                  <span className="muted inline-block">
                    {[doseWords(row.dose), digitsOf(row.digits)].filter(Boolean).join('. ')}
                  </span>
                </li>
              );
            })}
          </ul>
        </article>
      ))}
      <Problem reason={create.error ? problemOf(create.error).reason : null} />
      {isToRead ? null : (
        <button
          type="button"
          className="btn primary min-h-12 w-fit"
          aria-busy={create.isPending}
          onClick={() => createOnce({ patientId, title: e('newTitle') })}
        >
          {t('newProgram')}
        </button>
      )}
    </section>
  );
}
