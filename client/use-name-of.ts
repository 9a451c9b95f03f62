'use client';

import { useTranslations } from 'next-intl';
import type { PackPrescription } from '#domain/day-pack';

/** "Full fist and open, right hand": how an exercise is called where several stand on a page. */
export function useNameOf(): (prescription: Pick<PackPrescription, 'text' | 'side'>) => string {
  const t = useTranslations('today');
  return ({ text, side }) => t('named', { exercise: text.name, side });
}
