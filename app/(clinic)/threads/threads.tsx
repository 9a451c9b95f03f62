'use client';

import { useTranslations } from '#client/device/words/translations';
import type { InboxView } from '#domain/contact/thread';
import { InboxList } from './inbox-list';
import { ThreadPane } from './thread-pane';

/** What patients wrote, whoever waits first; one thread with what a clinician must know beside it. */
export function Threads({ view, episodeId }: { view: InboxView; episodeId: string | null }) {
  const t = useTranslations('threads');
  return (
    <main className={`threads ${episodeId ? 'one' : ''}`}>
      <InboxList view={view} openId={episodeId} />
      {episodeId ? (
        <ThreadPane key={episodeId} episodeId={episodeId} view={view} />
      ) : (
        <p className="muted hidden place-self-center lg:block">{t('choose')}</p>
      )}
    </main>
  );
}
