'use client';

import { CalendarDays, CloudAlert, CloudCheck, CloudUpload, Sun, TrendingUp, Video } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import { AccountMenu } from './account-menu';
import { Logo } from './logo';
import { NavLink } from './nav-link';
import { SignedOut } from './signed-out';

const PLACES = [
  { key: 'today', href: '/today', icon: Sun },
  { key: 'show', href: '/check-ins', icon: Video },
  { key: 'progress', href: '/progress', icon: TrendingUp },
  { key: 'visits', href: '/visits', icon: CalendarDays },
] as const;

/** The patient's shell: what is sent, at the top; four places, at the thumb, or in a rail where there is room. */
export function PatientShell({ name, children }: { name: string; children: ReactNode }) {
  const t = useTranslations('patientNav');
  return (
    <div data-density="patient" className="pshell">
      <header className="phead">
        <Logo />
        <span className="grow" />
        <SentState />
        <AccountMenu name={name} consentsHref="/consents" />
      </header>
      <SignedOut />
      <main>{children}</main>
      <nav className="tabbar" aria-label={t('label')}>
        {PLACES.map(({ key, href, icon: Icon }) => (
          <NavLink key={key} href={href}>
            <Icon aria-hidden="true" />
            <span>{t(key)}</span>
          </NavLink>
        ))}
      </nav>
    </div>
  );
}

/** One word about what this device still holds: all sent, some waiting, some refused. */
function SentState() {
  const t = useTranslations('outbox');
  const { isRead, waiting, parked } = useOutboxState(useHydratedOutbox());
  if (!isRead) return null;
  const state = parked > 0 ? 'parked' : waiting > 0 ? 'waiting' : 'sent';
  const Icon = { parked: CloudAlert, waiting: CloudUpload, sent: CloudCheck }[state];
  return (
    <p
      role="status"
      className={`flex items-center gap-1.5 font-semibold ${state === 'parked' ? 'text-care' : 'text-ink-2'}`}
    >
      <Icon size={20} aria-hidden="true" />
      {state === 'parked' ? (
        <Link className="flex min-h-12 items-center text-care" href="/today" prefetch={false}>
          {t('parked', { count: parked })}
        </Link>
      ) : (
        t(state, { count: waiting })
      )}
    </p>
  );
}
