'use client';

import { OctagonAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSay } from '#client/device/say';
import { PhoneLink } from '#components/form/phone-link';
import type { DayPack } from '#domain/practice/day-pack';
import type { PainAnswer } from '#domain/practice/pain-policy';

/** What the pain means and what to do now, before anything is sent. The number to ring is one tap away. */
export function PainWords({
  answer,
  clinic,
  onClose,
}: {
  answer: PainAnswer;
  clinic: DayPack['clinic'];
  onClose(): void;
}) {
  const t = useTranslations('logSheet');
  const say = useSay();
  const calls = answer.act === 'stop_and_call' || answer.act === 'stop_exercise';
  return (
    <div className="grid gap-4" role="alert">
      <p
        className={`flex items-start gap-3 rounded-[var(--r-l)] p-4 text-[1.25rem] font-bold ${calls ? 'bg-stop-wash text-stop' : 'bg-care-wash text-care'}`}
      >
        <OctagonAlert size={28} aria-hidden="true" />
        {say({ key: answer.key, values: answer.values })}
      </p>
      {calls ? (
        <>
          <PhoneLink phone={clinic.phone} className="btn stop xl">
            {t('call', { name: clinic.name, phone: clinic.phone })}
          </PhoneLink>
          <p>
            {t.rich('emergency', {
              number: clinic.emergencyNumber,
              tel: (chunks) => <PhoneLink phone={clinic.emergencyNumber}>{chunks}</PhoneLink>,
            })}
          </p>
        </>
      ) : null}
      <p className="muted">{t('kept')}</p>
      <button type="button" className="btn quiet xl" onClick={onClose}>
        {t('close')}
      </button>
    </div>
  );
}
