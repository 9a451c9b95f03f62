'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { MoreButton } from '#components/form/more-button';
import { BrokenHistory } from '#components/record/broken-history';
import type { Program, Version } from './use-program-draft';

/** The versions of a program, newest first, older ones when they are asked for; the draft says whose it is. */
export function Versions({ program }: { program: Program }) {
  const t = useTranslations('programEditor');
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const { programId, nextCursor } = { programId: program.program.id, nextCursor: program.nextCursor };
  const older = useInfiniteQuery({
    ...trpc.programs.get.infiniteQueryOptions(
      { programId },
      { getNextPageParam: (last) => last.nextCursor, initialCursor: nextCursor },
    ),
    enabled: asked && nextCursor !== null,
  });
  const versions = [...program.versions, ...(older.data?.pages.flatMap((page) => page.versions) ?? [])];
  return (
    <section className="card p-4" aria-labelledby="versions">
      <h2 id="versions" className="section-title">
        {t('history')}
      </h2>
      <ol className="mt-2 grid gap-2">
        {versions.map((version) => (
          <VersionRow key={version.id} version={version} program={program} pages={older.data?.pages ?? []} />
        ))}
      </ol>
      {nextCursor !== null && !older.data ? (
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          aria-busy={older.isFetching}
          onClick={() => setAsked(true)}
        >
          {t('olderVersions')}
        </button>
      ) : (
        <MoreButton pages={older} label={t('olderVersions')} />
      )}
    </section>
  );
}

/** `pages`: the older ones, each with the exercises and restrictions that its versions name. */
type RowProps = { version: Version; program: Program; pages: readonly Program[] };

function VersionRow({ version, program, pages }: RowProps) {
  const { draftBy } = program;
  const known = [program, ...pages].find(({ versions }) => versions.includes(version)) ?? program;
  const nameOf = (lineageId: string) => {
    const row = version.prescriptions.find((one) => one.lineageId === lineageId);
    return known.exercises.find((one) => one.exerciseVersionId === row?.exerciseVersionId)?.texts.name ?? '';
  };
  const t = useTranslations('programEditor');
  const f = useTranslations('flags');
  const when = useWhen(null);
  const day = (at: number) => when(at, 'date');
  return (
    <li>
      <strong>{version.state === 'draft' ? t('draft') : t('version', { number: version.number })}</strong>{' '}
      {version.state === 'published' ? <span className="chip on">{t('current')}</span> : null}
      {version.state === 'draft' && draftBy ? (
        <span className="muted small block">{t('draftBy', { name: draftBy, when: day(version.createdAt) })}</span>
      ) : null}
      {version.publishedAt === null ? null : (
        <span className="muted small block">
          {t('by', { name: version.publishedByName ?? '', when: day(version.publishedAt) })}
        </span>
      )}
      {version.reason ? <span className="small block">{version.reason}</span> : null}
      {version.flagReason ? (
        <span className="small block wrap-anywhere">{f('raisedOver', { reason: version.flagReason })}</span>
      ) : null}
      <BrokenHistory version={version} restrictions={known.restrictions} nameOf={nameOf} today={program.today} />
    </li>
  );
}
