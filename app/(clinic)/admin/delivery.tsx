'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';

const MEANS = { smtp: 'mailOn', folder: 'mailFolder' } as const;

/** Whether news leaves the app, what of it waits, and who cannot be reached. */
export function Delivery() {
  const t = useTranslations('admin');
  const { data } = useSuspenseQuery(useTRPC().contact.delivery.queryOptions());
  const when = useWhen(null);
  const { mail, hasSms, dead, deadCount } = data;
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="mail">
      <h2 id="mail" className="section-title">
        {t('mail')}
      </h2>
      <div className="grid gap-1">
        <p>{t(mail === null ? 'mailOff' : MEANS[mail])}</p>
        {hasSms ? <p>{t('smsOn')}</p> : null}
        {mail === null ? null : <DeliveryState state={data} />}
      </div>
      {deadCount === 0 ? null : (
        <section className="grid gap-2" aria-labelledby="mail-dead">
          <h3 id="mail-dead" className="font-bold">
            {t('mailDead')}
          </h3>
          <p>{t('mailDeadCount', { count: deadCount })}</p>
          <ul className="card divide-y divide-line" aria-labelledby="mail-dead">
            {dead.map(({ userId, name, at }) => (
              <li key={userId} className="px-4 py-3">
                {t('mailDeadOne', { name, when: when(at, 'dated') })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

type State = Pick<Outputs['contact']['delivery'], 'lastSentAt' | 'waiting' | 'waitingSince'>;

/** When the last one was taken, and what waits though it is due. */
export function DeliveryState({ state: { lastSentAt, waiting, waitingSince } }: { state: State }) {
  const t = useTranslations('admin');
  const when = useWhen(null);
  return (
    <>
      <p>
        {lastSentAt === null ? t('mailNone') : t('mailLast', { when: when(lastSentAt, 'dated') })}{' '}
        {t('mailWaiting', { count: waiting })}
      </p>
      {waitingSince === null ? null : (
        <p className="text-stop">{t('mailLate', { when: when(waitingSince, 'dated') })}</p>
      )}
    </>
  );
}
