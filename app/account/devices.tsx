'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useFormatter } from 'next-intl';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { deviceOf } from '#client/people/device-of';
import { SignOutEverywhere } from '#components/shell/sign-out-everywhere';

/** Where the account is signed in, so that a device that is not one's own is noticed. */
export function Devices() {
  const t = useTranslations('accountPage');
  const a = useTranslations('account');
  const format = useFormatter();
  const trpc = useTRPC();
  // The instant at which the list was read: the same on the server and here, whatever this device's clock says.
  const { data: devices, dataUpdatedAt } = useSuspenseQuery(trpc.account.sessions.queryOptions());
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="devices">
      <h2 id="devices" className="section-title">
        {a('sessions')}
      </h2>
      <ul className="card divide-y divide-line" aria-labelledby="devices">
        {devices.map((device) => {
          const { browser, system } = deviceOf(device.deviceLabel);
          const lastSeenAt = Math.min(device.lastSeenAt, dataUpdatedAt);
          return (
            <li key={device.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
              <span className="min-w-[min(100%,10rem)] grow">
                <strong className="block">{t('device', { browser, system })}</strong>
                <span className="muted small">
                  {t('lastSeen', { when: format.relativeTime(lastSeenAt, dataUpdatedAt) })}
                </span>
              </span>
              {device.current ? <span className="chip">{a('thisDevice')}</span> : null}
            </li>
          );
        })}
      </ul>
      <p className="muted">{t('devicesHint')}</p>
      <div className="grid justify-items-start gap-2">
        <SignOutEverywhere />
      </div>
    </section>
  );
}
