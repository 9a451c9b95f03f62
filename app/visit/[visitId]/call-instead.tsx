import { useTranslations } from 'next-intl';

/** The number to ring when the picture fails; it stands on both screens. */
export function CallInstead({ phone }: { phone: string }) {
  const t = useTranslations('visit');
  return (
    <p className="small">
      {t.rich('callInstead', {
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
