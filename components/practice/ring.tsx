'use client';

import { Phone } from 'lucide-react';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { PhoneLink } from '#components/form/phone-link';
import type { DayPack } from '#domain/practice/day-pack';
import type { RedFlagCall } from '#domain/practice/pain-policy';
import { type ClinicTime, closedUntil } from '#domain/time/opening-hours';

/** Out of hours: that nobody is there, until when, and not to wait. */
function Closed({ opening, isEmergency }: { opening: ClinicTime; isEmergency: boolean }) {
  const t = useTranslations('stop');
  const when = useWhen(null);
  const closed = closedUntil(opening, useMinute());
  if (!closed) return null;
  const { opensAt } = closed;
  const until = opensAt === null ? t('closed') : t('closedUntil', { when: when(opensAt) });
  return (
    <p className="text-[1.125rem] font-bold">
      {until} {isEmergency ? null : t('doNotWait')}
    </p>
  );
}

type Reached = Pick<DayPack['clinic'], 'name' | 'phone' | 'emergencyNumber' | 'opening'>;

/** The buttons that ring: first the number that the words above them name. */
export function Ring({ clinic, call }: { clinic: Reached; call: RedFlagCall | 'clinic' }) {
  const t = useTranslations('stop');
  const isEmergency = call === 'emergency';
  return (
    <div className="grid gap-2.5">
      {isEmergency ? (
        <PhoneLink phone={clinic.emergencyNumber} className="btn stop xl">
          <Phone aria-hidden="true" /> {t('ringEmergency', { number: clinic.emergencyNumber })}
        </PhoneLink>
      ) : null}
      {clinic.opening ? <Closed opening={clinic.opening} isEmergency={isEmergency} /> : null}
      <PhoneLink phone={clinic.phone} className={`btn xl ${isEmergency ? 'quiet' : 'stop'}`}>
        <Phone aria-hidden="true" className="shrink-0" />
        <span>
          {t.rich('ringClinic', {
            name: clinic.name,
            phone: clinic.phone,
            // On a line of its own, so that no narrow window breaks the number.
            who: (chunks) => <span className="block text-[1rem] leading-tight">{chunks}</span>,
          })}
        </span>
      </PhoneLink>
      {isEmergency ? null : (
        <p>
          {t.rich('emergency', {
            number: clinic.emergencyNumber,
            tel: (chunks) => <PhoneLink phone={clinic.emergencyNumber}>{chunks}</PhoneLink>,
          })}
        </p>
      )}
    </div>
  );
}
