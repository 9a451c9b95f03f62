'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { PhoneLink } from '#components/form/phone-link';
import type { MessageClinic, ThreadView } from '#domain/contact/thread-view';

type ThreadListProps = { threads: readonly ThreadView[]; clinic: MessageClinic; onOpen(episodeId: string): void };

/** One line for each hand problem that is, or was, written about. */
export function ThreadList({ threads, clinic, onOpen }: ThreadListProps) {
  const t = useTranslations('messages');
  const when = useWhen(null);
  return (
    <div className="grid gap-4 pt-1">
      <h1 className="page-title">{t('title')}</h1>
      {threads.length === 0 ? (
        <p>
          {t('noThread', { name: clinic.name })} <PhoneLink phone={clinic.phone} />
        </p>
      ) : null}
      <ul className="grid gap-3">
        {threads.map(({ episodeId, condition, side, unread, isEnded, messages: [last] }) => (
          <li key={episodeId}>
            <button type="button" className="card grid w-full gap-1 p-4 text-start" onClick={() => onOpen(episodeId)}>
              <strong>{t('threadOf', { condition, side })}</strong>
              {last ? <bdi className="line-clamp-2 wrap-anywhere">{last.body}</bdi> : null}
              {last ? <span className="muted">{when(last.receivedAt)}</span> : null}
              {unread > 0 ? <span className="font-bold text-action-ink">{t('unread', { count: unread })}</span> : null}
              {isEnded ? <span className="muted">{t('closed')}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
