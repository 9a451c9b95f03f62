'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { CalendarLinks } from './calendar-links';
import { ChangeEmail } from './change-email';
import { ChangePassword } from './change-password';
import { ContactChoices } from './contact-choices';
import { Devices } from './devices';
import { ExportOwn } from './export-own';
import { ForceUnits } from './force-units';
import { OwnReaders } from './own-readers';
import { PasswordLinks } from './password-links';
import { PushDevices } from './push-devices';
import { ReminderTimes } from './reminder-times';

/** Who one is here, the password, and where one is signed in. */
export function Account({ hasScreens }: { hasScreens: boolean }) {
  const t = useTranslations('accountPage');
  const trpc = useTRPC();
  const { data: me } = useSuspenseQuery(trpc.account.me.queryOptions());
  return (
    <div className="grid grid-cols-1 gap-6 pt-2">
      <header className="grid gap-1">
        <h1 className="page-title">{t('title')}</h1>
        <p>
          <strong className="block">{me.name}</strong>
          <span className="muted wrap-anywhere">{me.email ?? t('noEmail')}</span>
        </p>
        {hasScreens ? null : <p>{t('noScreens')}</p>}
      </header>
      <ContactChoices />
      {me.patientId === null ? null : <ReminderTimes />}
      {me.roles.length > 0 ? <ForceUnits /> : null}
      <PushDevices isStaff={me.roles.length > 0} />
      <CalendarLinks isStaff={me.roles.length > 0} />
      <ChangeEmail hasEmail={me.email !== null} />
      <ChangePassword email={me.email} />
      {me.patientId === null ? null : <ExportOwn email={me.email} />}
      <Devices />
      <PasswordLinks />
      {me.patientId ? <OwnReaders /> : null}
    </div>
  );
}
