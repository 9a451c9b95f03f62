import { INBOX_VIEWS, type InboxView } from '#domain/contact/thread';

/** Which threads are listed, as the address says it; else one's own. */
export function viewOf(said: string | string[] | undefined): InboxView {
  return INBOX_VIEWS.find((view) => view === said) ?? 'mine';
}

export const addressOf = (view: InboxView, episodeId: string | null = null) =>
  `/threads${episodeId ? `/${episodeId}` : ''}${view === 'mine' ? '' : `?view=${view}`}`;
