'use client';

import Link from 'next/link';
import { useLoaded } from '#client/api/use-loaded';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';

const loadNotices = () => import('./notices').then(({ Notices }) => Notices);

const WAYS = { video: 'visitSoon', phone: 'visitPhone', in_clinic: 'visitInClinic' } as const;

/** What is new since the last look, and the visits of today. */
export function Notes({ day }: { day: Day }) {
  const t = useTranslations('today');
  const when = useWhen(null);
  const { pack } = day;
  // On most days there is nothing new: what writes it is fetched when there is.
  const Notices = useLoaded(pack.notices.length > 0 ? loadNotices : null);
  return (
    <>
      {Notices ? <Notices pack={pack} /> : null}
      {pack.visits.map((visit) => (
        <Link
          key={visit.id}
          className="card flex min-h-14 items-center gap-3 px-4 py-3 no-underline"
          href={`/visit/${visit.id}`}
          prefetch={false}
        >
          <strong className="grow">{t(WAYS[visit.mode], { name: visit.clinicianName })}</strong>
          <span>
            {t('visitAt', {
              time: when(visit.startsAt, 'time'),
            })}
          </span>
        </Link>
      ))}
    </>
  );
}
