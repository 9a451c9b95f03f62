'use client';

import { useFormatter } from 'next-intl';
import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { decimalOf } from '#domain/input/decimal';
import { TextField } from './field';

/**
 * A number that may be unknown, which is an empty field and never 0. What is out of bounds stays as typed, with the
 * bounds beside it, and is not passed on.
 */
export function NumberField({
  label,
  value,
  min,
  max,
  whole = false,
  onChange,
}: {
  label: string;
  value: number | null;
  min: number;
  max: number;
  whole?: boolean;
  onChange(value: number | null): void;
}) {
  const t = useTranslations('form');
  const format = useFormatter();
  const [typed, setTyped] = useState<string | null>(null);
  const isFit = (number: number | null) =>
    number === null || (number >= min && number <= max && (!whole || Number.isInteger(number)));
  return (
    <TextField
      label={label}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      maxLength={8}
      value={typed ?? (value === null ? '' : format.number(value, { useGrouping: false, maximumFractionDigits: 3 }))}
      problem={typed !== null && !isFit(decimalOf(typed)) ? t('range', { min, max }) : null}
      onChange={({ target }) => {
        setTyped(target.value);
        const number = decimalOf(target.value);
        if (isFit(number)) onChange(number);
      }}
      onBlur={() => {
        if (typed !== null && isFit(decimalOf(typed))) setTyped(null);
      }}
    />
  );
}
