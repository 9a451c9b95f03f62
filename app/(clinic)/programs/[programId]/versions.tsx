'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Version } from './use-program-draft';

/** The versions of a program, newest first; the draft says whose it is. */
export function Versions({ versions, draftBy }: { versions: readonly Version[]; draftBy: string | null }) {
  const t = useTranslations('programEditor');
  const format = useFormatter();
  const day = (at: number) => format.dateTime(at, { dateStyle: 'medium' });
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
            {version.state === 'draft' && draftBy ? (
              <span className="muted small block">{t('draftBy', { name: draftBy, when: day(version.createdAt) })}</span>
            ) : null}
            {version.publishedAt === null ? null : (
              <span className="muted small block">
                {t('by', { name: version.publishedByName ?? '', when: day(version.publishedAt) })}
              </span>
            )}
            {version.reason ? <span className="small block">{version.reason}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
