'use client';

import { type ReactNode, useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { PhoneLink } from '#components/form/phone-link';
import { EditDetails, type PatientOnRecord } from './edit-details';

/** Stable, so that React calls it once: when the button comes back after the form. */
const focus = (button: HTMLButtonElement | null) => button?.focus();

/** Who the person is, how to reach them and how they hold their phone; corrected in place. */
export function PatientDetails({ patient }: { patient: PatientOnRecord }) {
  const t = useTranslations('patientDetails');
  const [state, setState] = useState<'first' | 'editing' | 'kept' | 'saved'>('first');
  return (
    <section className="card grid grid-cols-1 gap-3 p-4" aria-labelledby="details">
      <h2 id="details" className="section-title">
        {t('title')}
      </h2>
      {state === 'editing' ? (
        <EditDetails patient={patient} onClose={setState} />
      ) : (
        <>
          <DetailLines patient={patient} />
          <button
            type="button"
            ref={state === 'first' ? undefined : focus}
            className="btn quiet min-h-12 w-fit"
            onClick={() => setState('editing')}
          >
            {t('edit')}
          </button>
        </>
      )}
      <p role="status" className={state === 'saved' ? 'text-good' : 'vh'}>
        {state === 'saved' ? t('saved') : ''}
      </p>
    </section>
  );
}

/** Who the person is, and how to reach them. */
export function DetailLines({ patient }: { patient: PatientOnRecord }) {
  const t = useTranslations('patientDetails');
  const { phone, birthYear } = patient;
  return (
    <dl className="grid gap-2">
      <Line label={t('birthYear')}>{birthYear === null ? t('none') : String(birthYear)}</Line>
      <Line label={t('sex')}>{t('sexIs', { sex: patient.sex ?? 'none' })}</Line>
      <Line label={t('dominantHand')}>{t('dominant', { hand: patient.dominantHand })}</Line>
      <Line label={t('phone')}>{phone ? <PhoneLink phone={phone} className="link" /> : t('none')}</Line>
      <Line label={t('emergencyContact')}>{patient.emergencyContact ?? t('none')}</Line>
      <Line label={t('operatesWith')}>{t('hand', { side: patient.operatesWith })}</Line>
      <Line label={t('timeZone')}>{patient.timeZone}</Line>
    </dl>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="muted small">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
