'use client';

import { useTranslations } from '#client/device/words/translations';
import type { MeasureWords } from '#client/record/use-measure-words';
import { Segments, SelectField, TextField } from '#components/form/field';
import { digitSchema } from '#domain/input/fields';
import { hasField, siteOf, specOf } from '#domain/record/catalogue';
import { type EntryHow, JOINT_PARTS } from '#domain/record/entry';
import { postureSchema } from '#domain/record/measure';
import { FORCE_UNITS, type ForceUnit } from '#domain/record/units';

type HowFieldsProps = {
  how: EntryHow;
  unit: ForceUnit;
  words: MeasureWords;
  /** Devices that this person was measured with before. */
  devices: readonly string[];
  onHow(how: EntryHow): void;
  onUnit(unit: ForceUnit): void;
};

const HANDLES = [1, 2, 3, 4, 5] as const;

/** How a test is done, as it was the last time until somebody says otherwise. */
export function HowFields({ how, unit, words, devices, onHow, onUnit }: HowFieldsProps) {
  const t = useTranslations('measures');
  const { kind } = how;
  const spec = specOf(kind);
  const isOfDigit = siteOf(kind, how.site)?.ofDigit ?? spec.required.includes('digit');
  const digits = digitSchema.options.filter((digit) => kind !== 'fingertip_to_palm' || digit !== 'thumb');
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,11rem),1fr))] items-start gap-3">
      {kind === 'joint' ? (
        <Choice
          label={t('enter.part')}
          values={JOINT_PARTS}
          value={how.part}
          nameOf={(part) => t(`part.${part}`)}
          onChange={(part) => onHow({ ...how, part })}
        />
      ) : null}
      {spec.sites.length > 0 ? (
        <Choice
          label={t('enter.site')}
          values={spec.sites.map(({ id }) => id)}
          value={how.site ?? ''}
          nameOf={words.site}
          onChange={(site) => onHow({ ...how, site })}
        />
      ) : null}
      {isOfDigit && hasField(kind, 'digit') && kind !== 'joint' ? (
        <Choice
          label={t('enter.digit')}
          values={digits}
          value={how.digit ?? 'index'}
          nameOf={(digit) => t(`digit.${digit}`)}
          onChange={(digit) => onHow({ ...how, digit })}
        />
      ) : null}
      <Choice
        label={t('enter.method')}
        values={spec.methods}
        value={how.method}
        nameOf={(method) => t(`method.${method}`)}
        onChange={(method) => onHow({ ...how, method })}
      />
      {hasField(kind, 'device') ? <DeviceField how={how} devices={devices} onHow={onHow} /> : null}
      {hasField(kind, 'posture') ? (
        <Choice
          label={t('enter.posture')}
          values={['', ...postureSchema.options]}
          value={how.posture ?? ''}
          nameOf={(posture) => (posture === '' ? t('enter.none') : t(`posture.${posture}`))}
          onChange={(posture) => onHow({ ...how, posture: posture === '' ? null : posture })}
        />
      ) : null}
      {hasField(kind, 'handle') ? (
        <Choice
          label={t('enter.handle')}
          values={['', ...HANDLES.map(String)]}
          value={how.handle === null ? '' : String(how.handle)}
          nameOf={(handle) => (handle === '' ? t('enter.none') : t('enter.handleNumber', { number: Number(handle) }))}
          onChange={(handle) => onHow({ ...how, handle: handle === '' ? null : Number(handle) })}
        />
      ) : null}
      {spec.unit === 'kgf' ? (
        <Segments
          legend={t('enter.unit')}
          name="force-unit"
          choices={FORCE_UNITS.map((value) => ({ value, label: t(`force.${value}`) }))}
          value={unit}
          onChange={onUnit}
        />
      ) : null}
    </div>
  );
}

function DeviceField({ how, devices, onHow }: Pick<HowFieldsProps, 'how' | 'devices' | 'onHow'>) {
  const t = useTranslations('measures.enter');
  return (
    <>
      <TextField
        label={t('device')}
        hint={t('deviceHint')}
        list="measure-devices"
        autoComplete="off"
        maxLength={60}
        value={how.device ?? ''}
        onChange={({ target }) => onHow({ ...how, device: target.value === '' ? null : target.value })}
      />
      <datalist id="measure-devices">
        {devices.map((device) => (
          <option key={device} value={device} />
        ))}
      </datalist>
    </>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  values: readonly T[];
  value: T;
  nameOf(value: T): string;
  onChange(value: T): void;
};

function Choice<T extends string>({ label, values, value, nameOf, onChange }: ChoiceProps<T>) {
  return (
    <SelectField
      label={label}
      className="input min-h-12"
      value={value}
      onChange={({ target }) => {
        const chosen = values.find((one) => one === target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {values.map((one) => (
        <option key={one} value={one}>
          {nameOf(one)}
        </option>
      ))}
    </SelectField>
  );
}
