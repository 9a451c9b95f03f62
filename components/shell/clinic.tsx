import { CalendarDays, ClipboardCheck, FolderLock, MessageSquare, Settings, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { WaitingNow } from '#components/visit/waiting-now';
import type { Role } from '#domain/input/fields';
import { mayInClinic } from '#domain/people/access';
import { AccountMenu } from './account-menu';
import { DeviceUpkeep } from './device-upkeep';
import { Logo } from './logo';
import { MessagesCount, NoticesLink, WaitingCount } from './nav-counts';
import { NavLink } from './nav-link';
import { SentState } from './sent-state';

const PLACES = [
  { key: 'patients', href: '/patients', policy: 'patient.list', icon: Users },
  { key: 'review', href: '/review', policy: 'review.read_queue', icon: ClipboardCheck },
  { key: 'messages', href: '/threads', policy: 'message.list', icon: MessageSquare },
  { key: 'schedule', href: '/schedule', policy: 'schedule.read', icon: CalendarDays },
  { key: 'records', href: '/records', policy: 'record.keep', icon: FolderLock },
  { key: 'admin', href: '/admin', policy: 'audit.read', icon: Settings },
] as const;

/** The clinician's shell: one bar, no side menu; the places a role may not enter are not shown. */
type ClinicShellProps = { name: string; userId: string; roles: readonly Role[]; children: ReactNode };

export function ClinicShell({ name, userId, roles, children }: ClinicShellProps) {
  const t = useTranslations('clinic');
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_1fr]">
      <header className="topbar">
        <a href="/" className="brand">
          <Logo size={28} /> <span>{t('brand')}</span>
        </a>
        <nav aria-label={t('nav.label')} className="min-w-0">
          {PLACES.filter(({ policy }) => mayInClinic(policy, roles)).map(({ key, href, icon: Icon }) => (
            <NavLink key={key} href={href}>
              <Icon size={18} aria-hidden="true" className="sm:hidden" />
              <span>{t(`nav.${key}`)}</span>
              {key === 'review' ? <WaitingCount /> : null}
              {key === 'messages' ? <MessagesCount /> : null}
            </NavLink>
          ))}
        </nav>
        <span className="grow" />
        {mayInClinic('review.read_queue', roles) ? (
          <nav aria-label={t('nav.own')} className="own">
            <NoticesLink />
          </nav>
        ) : null}
        <SentState quiet />
        <AccountMenu name={name} />
      </header>
      <div>
        <DeviceUpkeep userId={userId} />
        {mayInClinic('schedule.read', roles) ? <WaitingNow /> : null}
      </div>
      {children}
    </div>
  );
}
