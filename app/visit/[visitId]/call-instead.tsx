import { useTranslations } from 'next-intl';

/** The number to ring: when the picture fails, or where there is no visit to come to. It stands on both screens. */
export function CallInstead({ phone, visit = true }: { phone: string; visit?: boolean }) {
  const t = useTranslations('visit');
  return (
    <p className="small">
      {t.rich(visit ? 'callInstead' : 'callClinic', {
        phone,
        tel: (chunks) => (
          <a className="link inline-flex min-h-12 items-center" href={`tel:${phone.replaceAll(/[^+0-9]/g, '')}`}>
            {chunks}
          </a>
        ),
      })}
    </p>
  );
}
