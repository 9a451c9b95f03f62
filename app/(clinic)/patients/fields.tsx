'use client';

import type { SelectHTMLAttributes } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTranslations } from '#client/device/words/translations';
import { Segments, SelectField, TextField } from '#components/form/field';
import { decimalOf } from '#domain/input/decimal';
import { type DominantHand, isBirthYear } from '#domain/people/patient';
import { localDay } from '#domain/time/local-day';

type Part = { problem: string | null; defaultValue?: string };
type Side = 'left' | 'right';

export const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim();
export const textOrNull = (form: FormData, name: string) => textOf(form, name) || null;

/** What was typed about the person, not yet checked. */
export function readPerson(form: FormData) {
  return {
    name: textOf(form, 'name'),
    birthYear: decimalOf(textOf(form, 'birthYear')),
    timeZone: textOf(form, 'timeZone'),
    phone: textOrNull(form, 'phone'),
    emergencyContact: textOrNull(form, 'emergencyContact'),
  };
}

type Read<T> = { data?: T; error?: { issues: readonly { path: readonly PropertyKey[] }[] } | undefined };

/** The fields that were refused, a year of birth that has not begun too. */
export function fieldsRefused({ data, error }: Read<{ birthYear?: number | null | undefined; timeZone: string }>) {
  if (!data) return error?.issues.map(({ path }) => String(path[0])) ?? [];
  return isBirthYear(data.birthYear ?? null, localDay(deviceNow(), data.timeZone)) ? [] : ['birthYear'];
}

export function NameField(part: Part) {
  const t = useTranslations('patients.new');
  return <TextField label={t('name')} name="name" autoComplete="off" maxLength={120} required {...part} />;
}

export function BirthYearField(part: Part) {
  const t = useTranslations('patients.new');
  return (
    <TextField
      label={t('birthYear')}
      name="birthYear"
      inputMode="numeric"
      autoComplete="off"
      hint={t('birthYearHint')}
      {...part}
    />
  );
}

export function PhoneField(part: Part) {
  const t = useTranslations('patients.new');
  return <TextField label={t('phone')} name="phone" type="tel" autoComplete="off" {...part} />;
}

export function EmergencyContactField(part: Part) {
  const t = useTranslations('patients.new');
  return (
    <TextField label={t('emergencyContact')} name="emergencyContact" autoComplete="off" maxLength={200} {...part} />
  );
}

type HandProps = { value: Side | null; problem?: string | null; onChange: (side: Side) => void };

export function HoldingHand({ value, problem = null, onChange }: HandProps) {
  const t = useTranslations('patients.new');
  const choices = [
    { value: 'left', label: t('left') },
    { value: 'right', label: t('right') },
  ] as const;
  return <Segments legend={t('operatesWith')} name="operatesWith" {...{ value, choices, problem, onChange }} />;
}

type DominantProps = { value: DominantHand; onChange: (hand: DominantHand) => void };

export function DominantHandField({ value, onChange }: DominantProps) {
  const t = useTranslations('patients.new');
  const choices = [
    { value: 'left', label: t('left') },
    { value: 'right', label: t('right') },
    { value: 'both', label: t('both') },
    { value: 'unknown', label: t('unknown') },
  ] as const;
  return <Segments legend={t('dominant')} name="dominantHand" {...{ value, choices, onChange }} />;
}

type ZoneChoice = SelectHTMLAttributes<HTMLSelectElement> & {
  zones: readonly string[];
  chosen: string;
  problem: string | null;
};

export function TimeZoneField({ zones, chosen, ...select }: ZoneChoice) {
  const t = useTranslations('patients.new');
  // Browser and server may spell a place differently (Calcutta, Kolkata): the one on record stays a choice.
  const offered = chosen === '' || zones.includes(chosen) ? zones : [chosen, ...zones];
  return (
    <SelectField label={t('timeZone')} name="timeZone" {...select}>
      <option value="" hidden />
      {offered.map((zone) => (
        <option key={zone}>{zone}</option>
      ))}
    </SelectField>
  );
}
