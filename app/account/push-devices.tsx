'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Share } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { type PushAbility, pushAbility, subscribeDevice, unsubscribeDevice } from '#client/contact/push-device';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { deviceOf } from '#client/people/device-of';
import { Problem } from '#components/form/field';

type Push = Outputs['contact']['push'];

/** Notifications on this device, and on which others; nothing where the clinic has not agreed to them. */
export function PushDevices({ isStaff }: { isStaff: boolean }) {
  const t = useTranslations('push');
  const { data: push } = useSuspenseQuery(useTRPC().contact.push.queryOptions());
  if (!push.isAgreed) return null;
  return (
    <section className="card grid gap-4 p-4" aria-labelledby="push">
      <h2 id="push" className="section-title">
        {t('title')}
      </h2>
      <p>{t(isStaff ? 'leadStaff' : 'lead')}</p>
      <p className="small muted">{t('maker')}</p>
      <ThisDevice push={push} />
      {push.devices.length > 0 ? <Devices push={push} /> : null}
    </section>
  );
}

/** What can be done here, in words: none of it is a fault of the person. */
function ThisDevice({ push }: { push: Push }) {
  const t = useTranslations('push');
  // The server knows nothing of this browser: nothing is said until it is asked.
  const [ability, setAbility] = useState<PushAbility | null>(null);
  useEffect(() => setAbility(pushAbility()), []);
  if (push.isShared) return <p>{t('shared')}</p>;
  if (ability === null) return null;
  if (ability === 'none') return <p>{t('none')}</p>;
  if (ability === 'home_screen')
    return (
      <p className="flex items-start gap-2">
        <Share size={20} aria-hidden="true" className="mt-1 shrink-0" /> {t('homeScreen')}
      </p>
    );
  if (push.devices.some(({ current }) => current))
    return (
      <p role="status" className="state good whitespace-normal">
        {t('on')}
      </p>
    );
  if (ability === 'denied') return <p>{t('denied')}</p>;
  return <TurnOn publicKey={push.publicKey} onDenied={() => setAbility(pushAbility())} />;
}

function TurnOn({ publicKey, onDenied }: { publicKey: string; onDenied: () => void }) {
  const t = useTranslations('push');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, setState] = useState<'idle' | 'asking' | 'denied' | 'failed'>('idle');
  const add = useMutation(
    trpc.contact.addPush.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.contact.push.queryKey() }),
    }),
  );
  async function turnOn() {
    setState('asking');
    const made = await subscribeDevice(publicKey);
    setState(typeof made === 'string' ? made : 'idle');
    if (made === 'denied') onDenied();
    if (typeof made !== 'string') add.mutate(made);
  }
  const isBusy = state === 'asking' || add.isPending;
  return (
    <div className="grid justify-items-start gap-3">
      {state === 'denied' || state === 'failed' ? (
        <p role="alert" className="problem">
          {t(state === 'denied' ? 'notAllowed' : 'failed')}
        </p>
      ) : null}
      <Problem reason={add.error ? problemOf(add.error).reason : null} />
      <button
        type="button"
        className="btn quiet min-h-12 max-w-full whitespace-normal"
        aria-busy={isBusy}
        onClick={() => {
          if (!isBusy) void turnOn();
        }}
      >
        {t(isBusy ? 'turningOn' : 'turnOn')}
      </button>
    </div>
  );
}

function Devices({ push }: { push: Push }) {
  const t = useTranslations('push');
  const a = useTranslations('accountPage');
  const s = useTranslations('account');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const end = useMutation(
    trpc.contact.removePush.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.contact.push.queryKey() }),
    }),
  );
  return (
    <div className="grid gap-2">
      <h3 id="push-devices" className="label">
        {t('devices')}
      </h3>
      <ul className="divide-y divide-line border-line border-y" aria-labelledby="push-devices">
        {push.devices.map(({ id, deviceLabel, createdAt, current }) => {
          const device = a('device', deviceOf(deviceLabel));
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
              <span className="min-w-[min(100%,10rem)] grow">
                <strong className="block">{device}</strong>
                <span className="muted small">{t('since', { when: when(createdAt, 'dated') })}</span>
              </span>
              {current ? <span className="chip">{s('thisDevice')}</span> : null}
              <button
                type="button"
                className="btn plain min-h-12"
                aria-label={t('endNamed', { device })}
                onClick={() => {
                  if (current) void unsubscribeDevice();
                  end.mutate({ id });
                }}
              >
                {t('end')}
              </button>
            </li>
          );
        })}
      </ul>
      <Problem reason={end.error ? problemOf(end.error).reason : null} />
    </div>
  );
}
