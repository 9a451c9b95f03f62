'use client';

import { useTranslations } from '#client/device/words/translations';
import { useDay } from '#client/practice/day-pack';
import { ReachClinic } from '#components/practice/reach-clinic';

/** The clinic's number and hours as this device has them, also without a line. */
export function Reach({ userId }: { userId: string }) {
  const t = useTranslations('today');
  const { day, empty } = useDay(userId);
  if (!day) return <p role="status">{empty ? t('offline') : t('loading')}</p>;
  return <ReachClinic clinic={day.pack.clinic} heading="h1" />;
}
