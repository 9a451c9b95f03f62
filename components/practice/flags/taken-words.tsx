'use client';

import { useMinute } from '#client/device/clock/use-clock-turn';
import type { When } from '#client/device/clock/when';
import { useTranslations } from '#client/device/words/translations';
import { MINUTE_MS } from '#domain/time/duration';

type Taken = { byName: string; at: number } | null;
type TakenWordsProps = { flag: { raisedAt: number; endedAt?: number | null; taken: Taken }; when: When };

/** Who has a flag, or for how long nobody has; that it is closed. */
export function TakenWords({ flag: { raisedAt, endedAt = null, taken }, when }: TakenWordsProps) {
  const t = useTranslations('flags.escalation');
  const nowMs = useMinute();
  if (taken) return <strong className="small block">{t('taken', { name: taken.byName, when: when(taken.at) })}</strong>;
  if (endedAt !== null) return <span className="small block">{t('closed', { when: when(endedAt) })}</span>;
  const minutes = Math.max(0, Math.floor((nowMs - raisedAt) / MINUTE_MS));
  return <strong className="small block text-stop">{t('untaken', waited(minutes))}</strong>;
}

/** Hours and minutes of a wait: nobody reads 190 minutes. */
const waited = (minutes: number) => ({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
