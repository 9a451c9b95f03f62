'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from '#client/device/words/translations';

const TABS = [
  { key: 'overview', path: '' },
  { key: 'measurements', path: '/measurements' },
] as const;

/** The parts of one record, each a page of its own. */
export function RecordTabs({ patientId }: { patientId: string }) {
  const t = useTranslations('patients.record.tabs');
  const here = usePathname();
  return (
    <nav aria-label={t('label')} className="tabs">
      {TABS.map(({ key, path }) => {
        const href = `/patients/${patientId}${path}`;
        return (
          <Link key={key} href={href} aria-current={here === href ? 'page' : undefined} prefetch={false}>
            {t(key)}
          </Link>
        );
      })}
    </nav>
  );
}
