import type { ReactNode } from 'react';
import { useTranslations } from '#client/device/words/translations';

type MessageProps = {
  /** Null of what the reader wrote. */
  byName: string | null;
  /** Of the reader, or their colleagues: it stands at the end of the line. */
  isOwnSide?: boolean;
  /** Words of the care team look like those on an answered clip. */
  isTeam: boolean;
  body: string;
  /** What it is about. */
  above?: ReactNode;
  /** What lies beside it. */
  below?: ReactNode;
  /** When, and how far it has come. */
  children: ReactNode;
};

/** One message. Its direction is that of its own words, whatever stands around it. */
export function Message({
  byName,
  isOwnSide = byName === null,
  isTeam,
  body,
  above = null,
  below = null,
  children,
}: MessageProps) {
  const t = useTranslations('messages');
  return (
    <li className={`msg ${isTeam ? 'note' : 'card'} ${isOwnSide ? 'own' : ''}`}>
      <span className="vh">{byName === null ? t('youWrote') : t('wrote', { name: byName })}</span>
      {above}
      {body === '' ? null : (
        <p className="whitespace-pre-wrap" dir="auto">
          {body}
        </p>
      )}
      {below}
      <p className="meta small">{children}</p>
    </li>
  );
}
