import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { TelLink } from '#components/form/tel-link';

/** The number to ring: when the picture fails, or where there is no visit to come to. It stands on both screens. */
export function CallInstead({ room, visit = true }: { room: VisitRoom; visit?: boolean }) {
  const t = useTranslations('visit');
  const { ring, role } = room;
  const name = room.visit.patientName;
  const key = role === 'clinician' ? 'callPatient' : visit ? 'callInstead' : 'callClinic';
  return (
    <p className="small">
      {ring === null
        ? t('noPhone', { name })
        : t.rich(key, { phone: ring.phone, name, tel: (chunks) => <TelLink {...ring}>{chunks}</TelLink> })}
    </p>
  );
}
