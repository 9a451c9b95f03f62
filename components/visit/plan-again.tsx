import Link from 'next/link';
import { useTranslations } from '#client/device/words/translations';

/** From a visit that did not take place to another one like it. `named`: which, where several stand on a page. */
export function PlanAgain({ visitId, named }: { visitId: string; named?: string }) {
  const t = useTranslations('visits');
  return (
    <Link
      className="btn quiet min-h-12 max-w-full whitespace-normal"
      href={`/visits/book?again=${visitId}`}
      prefetch={false}
    >
      {t('planAgain')} {named === undefined ? null : <span className="vh">{named}</span>}
    </Link>
  );
}
