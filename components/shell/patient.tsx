'use client';

import { CalendarDays, Sun, TrendingUp, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { AccountMenu } from './account-menu';
import { DeviceUpkeep, InstallAtEnd } from './device-upkeep';
import { Logo } from './logo';
import { NavLink } from './nav-link';
import { SentState } from './sent-state';

const PLACES = [
  { key: 'today', href: '/today', icon: Sun },
  { key: 'show', href: '/check-ins', icon: Video },
  { key: 'progress', href: '/progress', icon: TrendingUp },
  { key: 'visits', href: '/visits', icon: CalendarDays },
] as const;

/** The patient's shell: what is sent, at the top; four places, at the thumb, or in a rail where there is room. */
type PatientShellProps = { name: string; userId: string; children: ReactNode };

export function PatientShell({ name, userId, children }: PatientShellProps) {
  const t = useTranslations('patientNav');
  return (
    <div data-density="patient" className="pshell">
      <header className="phead">
        <Logo />
        <span className="grow" />
        <SentState />
        <AccountMenu name={name} consentsHref="/consents" messagesHref="/messages" reachHref="/reach" />
      </header>
      <div>
        <DeviceUpkeep userId={userId} hasDays />
      </div>
      <main>
        {children}
        <InstallAtEnd />
      </main>
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
