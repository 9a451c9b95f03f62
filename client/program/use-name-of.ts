'use client';

import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import { digitSchema } from '#domain/input/fields';
import type { PackPrescription } from '#domain/practice/day-pack';

/** "Full fist and open, right hand": how an exercise is called where several stand on a page. */
export function useNameOf(): (prescription: Pick<PackPrescription, 'text' | 'side'>) => string {
  const t = useTranslations('today');
  return ({ text, side }) => t('named', { exercise: text.name, side });
}

/** "Only index finger and thumb"; null where the whole hand is meant. */
export function useDigits(): (digits: readonly string[]) => string | null {
  const t = useTranslations('digits');
  const format = useFormatter();
  return (digits) => {
    const named = digitSchema.options.filter((digit) => digits.includes(digit)).map((digit) => t(`of.${digit}`));
    return named.length === 0 ? null : t('only', { fingers: format.list(named) });
  };
}
