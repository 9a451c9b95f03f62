import { useTranslations } from 'next-intl';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { PhoneLink } from '#components/form/phone-link';

/** Whom this side rings: the patient their clinic, the clinic the patient, whose number may not be known. */
export function numberToRing({ role, visit }: Pick<VisitRoom, 'role' | 'visit'>): string | null {
  return role === 'clinician' ? visit.patientPhone : (visit.fallbackPhone ?? visit.clinicPhone);
}

/** The number to ring: when the picture fails, or where there is no visit to come to. It stands on both screens. */
export function CallInstead({ room, visit = true }: { room: VisitRoom; visit?: boolean }) {
  const t = useTranslations('visit');
  const phone = numberToRing(room);
  const name = room.visit.patientName;
  const key = room.role === 'clinician' ? 'callPatient' : visit ? 'callInstead' : 'callClinic';
  return (
    <p className="small">
      {phone === null
        ? t('noPhone', { name })
        : t.rich(key, { phone, name, tel: (chunks) => <PhoneLink phone={phone}>{chunks}</PhoneLink> })}
    </p>
  );
}
