'use client';

import { useTranslations } from '#client/device/words/translations';
import { Segments, SelectField } from '#components/form/field';
import {
  type AngleMeasurement,
  activitySchema,
  digitsOf,
  type Joint,
  jointSchema,
  motionsOf,
  viewSchema,
} from '#domain/annotation/mark';
import { sideSchema } from '#domain/input/fields';

export type MeasureChoice = Partial<AngleMeasurement>;

const JOINTS = jointSchema.options.filter((joint) => motionsOf(joint).length > 0);

type MeasureFieldsProps = { choice: MeasureChoice; onChange(change: MeasureChoice): void };

/** Each part of a measurement as a choice of its own. */
export function MeasureFields({ choice, onChange }: MeasureFieldsProps) {
  const t = useTranslations('measure');
  const { joint } = choice;
  const digits = joint ? digitsOf(joint).filter((digit) => digit !== null) : [];
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Select
          label={t('joint')}
          value={choice.joint}
          options={JOINTS}
          wordOf={(value) => t(`jointName.${value}`)}
          onChange={(next: Joint) => onChange({ joint: next })}
        />
        {digits.length > 1 ? (
          <Select
            label={t('digit')}
            value={choice.digit ?? undefined}
            options={digits}
            wordOf={(value) => t(`digitName.${value}`)}
            onChange={(digit) => onChange({ digit })}
          />
        ) : null}
        <Select
          label={t('motion')}
          value={choice.motion}
          options={joint ? motionsOf(joint) : []}
          wordOf={(value) => t(`motionName.${value}`)}
          onChange={(motion) => onChange({ motion })}
        />
        <Select
          label={t('view')}
          value={choice.view}
          options={viewSchema.options}
          wordOf={(value) => t(`viewName.${value}`)}
          onChange={(view) => onChange({ view })}
        />
      </div>
      <Segments
        legend={t('side')}
        name="measure-side"
        choices={sideSchema.options.map((value) => ({ value, label: t(`sideName.${value}`) }))}
        value={choice.side ?? null}
        onChange={(side) => onChange({ side })}
      />
      <Segments
        legend={t('activity')}
        name="measure-activity"
        choices={activitySchema.options.map((value) => ({ value, label: t(`activityName.${value}`) }))}
        value={choice.activity ?? null}
        onChange={(activity) => onChange({ activity })}
      />
    </>
  );
}

type SelectProps<T extends string> = {
  label: string;
  value: T | undefined;
  options: readonly T[];
  wordOf(value: T): string;
  onChange(value: T): void;
};

function Select<T extends string>({ label, value, options, wordOf, onChange }: SelectProps<T>) {
  const t = useTranslations('measure');
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      <option value="">{t('choose')}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {wordOf(option)}
        </option>
      ))}
    </SelectField>
  );
}
