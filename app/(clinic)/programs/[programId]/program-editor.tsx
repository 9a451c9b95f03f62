'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/trpc';
import { Problem, TextField } from '#components/field';
import { LibraryPanel } from './library-panel';
import { PrescriptionCard } from './prescription-card';
import { useProgramDraft, type Version } from './use-program-draft';

/** Search on the left, the program in the middle, its versions at the side; one act publishes. */
export function ProgramEditor({ programId }: { programId: string }) {
  const t = useTranslations('programEditor');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.programs.get.queryOptions({ programId }));
  const { data: library } = useSuspenseQuery(trpc.exercises.list.queryOptions());
  const current = data.versions.find((version) => version.state === 'published');
  const [list, edit] = useProgramDraft(data.versions.find((version) => version.state === 'draft') ?? current);
  const [reason, setReason] = useState('');
  const [publishedNumber, setPublishedNumber] = useState<number | null>(null);
  const save = useMutation(trpc.programs.saveDraft.mutationOptions());
  const publish = useMutation(trpc.programs.publish.mutationOptions());
  const problem = save.error ?? publish.error;
  const basedOnNumber = current?.number ?? 0;

  async function publishNow() {
    try {
      await save.mutateAsync({ programId, basedOnNumber, prescriptions: list });
      const { number } = await publish.mutateAsync({ programId, basedOnNumber, reason });
      setPublishedNumber(number);
      setReason('');
      await queryClient.invalidateQueries();
    } catch {
      // Shown beside the button; what was edited stays.
    }
  }

  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[1480px] content-start gap-6 px-4 py-6 md:px-8 lg:grid-cols-[296px_minmax(0,1fr)_300px]">
      <header className="lg:col-span-3">
        <title>{`${data.program.title} · Regrasp`}</title>
        <Link className="link" href={`/patients/${data.program.patientId}`}>
          {data.episode.condition}
        </Link>
        <h1 className="page-title">{data.program.title}</h1>
      </header>
      <LibraryPanel library={library} onAdd={(exercise) => edit({ type: 'add', exercise, side: data.episode.side })} />
      <section className="grid content-start gap-4" aria-label={t('title')}>
        {list.length === 0 ? <p className="card p-6">{t('none')}</p> : null}
        {list.map((one, index) => (
          <PrescriptionCard
            key={one.lineageId}
            prescription={one}
            exercise={
              library.find((exercise) => exercise.exerciseVersionId === one.exerciseVersionId) ??
              data.exercises.find((exercise) => exercise.exerciseVersionId === one.exerciseVersionId)
            }
            before={current?.prescriptions.find((row) => row.lineageId === one.lineageId)?.dose ?? null}
            surgeryOn={data.episode.surgeryOn}
            isFirst={index === 0}
            isLast={index === list.length - 1}
            edit={edit}
          />
        ))}
      </section>
      <aside className="grid content-start gap-4">
        <div className="card sticky top-4 grid gap-4 p-4">
          <TextField
            label={t('reason')}
            hint={t('reasonHint')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
          <Problem reason={problem ? problemOf(problem).reason : null} />
          <button
            type="button"
            className="btn primary min-h-12"
            aria-busy={publish.isPending || save.isPending}
            onClick={() => void publishNow()}
          >
            {publish.isPending ? t('publishing') : t('publish')}
          </button>
          {publishedNumber === null ? null : <p role="status">{t('published', { number: publishedNumber })}</p>}
        </div>
        <Versions versions={data.versions} />
      </aside>
    </main>
  );
}

function Versions({ versions }: { versions: readonly Version[] }) {
  const t = useTranslations('programEditor');
  const format = useFormatter();
  return (
    <section className="card p-4" aria-labelledby="versions">
      <h2 id="versions" className="section-title">
        {t('history')}
      </h2>
      <ol className="mt-2 grid gap-2">
        {versions.map((version) => (
          <li key={version.id}>
            <strong>{version.state === 'draft' ? t('draft') : t('version', { number: version.number })}</strong>{' '}
            {version.state === 'published' ? <span className="chip on">{t('current')}</span> : null}
            {version.publishedAt === null ? null : (
              <span className="muted small block">
                {t('by', {
                  name: version.publishedByName ?? '',
                  when: format.dateTime(version.publishedAt, { dateStyle: 'medium' }),
                })}
              </span>
            )}
            {version.reason ? <span className="small block">{version.reason}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
