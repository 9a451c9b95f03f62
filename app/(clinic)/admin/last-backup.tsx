'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';

/** What a clinic's admin should know of backups; they are made by whoever runs the server. */
export function LastBackup() {
  const t = useTranslations('admin');
  const { data: last } = useSuspenseQuery(useTRPC().backups.last.queryOptions());
  const whenOf = useWhen(null);
  const when = last ? whenOf(last.madeAt, 'dated') : '';
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="backup">
      <h2 id="backup" className="section-title">
        {t('backup')}
      </h2>
      {last ? <p>{t(last.encrypted ? 'lastBackup' : 'lastBackupPlain', { when })}</p> : <p>{t('noBackup')}</p>}
      {last?.isOld ? <p className="text-stop">{t('backupIsOld')}</p> : null}
    </section>
  );
}
