'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Segments, SelectField } from '#components/form/field';
import { goniometer, includedAngle } from '#domain/annotation/goniometry';
import {
  type AngleMark,
  type AngleMeasurement,
  activitySchema,
  angleMeasurementSchema,
  digitsOf,
  type Joint,
  jointSchema,
  motionsOf,
  viewSchema,
} from '#domain/annotation/mark';
import { settleDigit } from '#domain/annotation/measurement-prefill';
import { sideSchema } from '#domain/input/fields';

type Choice = Partial<AngleMeasurement>;

type MeasureFormProps = {
  angle: Pick<AngleMark, 'points' | 'aspect'>;
  /** What the linked exercise or the last measurement says; the rest is chosen here. */
  prefill: Choice;
  onMeasure(measurement: AngleMeasurement): void;
  onKeepDrawing(): void;
};

const JOINTS = jointSchema.options.filter((joint) => motionsOf(joint).length > 0);

/** Asks what a drawn angle measures. Without all of it the angle stays a drawing. */
export function MeasureForm({ angle, prefill, onMeasure, onKeepDrawing }: MeasureFormProps) {
  const t = useTranslations('measure');
  const form = useRef<HTMLFormElement>(null);
  const [choice, setChoice] = useState<Choice>(() => settled(prefill));
  const [asked, setAsked] = useState(false);
  const complete = angleMeasurementSchema.safeParse(choice);
  const measurement = complete.success ? complete.data : null;
  const bend = includedAngle(angle);

  useEffect(() => {
    // From the third point the keyboard goes on to the first field that is empty.
    const fields = [...(form.current?.querySelectorAll<HTMLElement>('select, input:checked, button') ?? [])];
    const open = fields.find((field) => field instanceof HTMLSelectElement && field.value === '');
    (open ?? fields.at(-1))?.focus();
  }, []);

  return (
    <form
      ref={form}
      className="card grid gap-3 p-4 text-ink"
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (measurement && bend !== null) onMeasure(measurement);
        else setAsked(true);
      }}
    >
      <h2 className="section-title">{t('title')}</h2>
      <MeasureFields choice={choice} onChange={(change) => setChoice((before) => settled({ ...before, ...change }))} />
      <Reading angle={angle} measurement={measurement} />
      {asked && !measurement && bend !== null ? (
        <p role="alert" className="problem">
          {t('missing')}
        </p>
      ) : null}
      <div className="grid gap-2">
        <button type="submit" className="btn primary" aria-disabled={!measurement || bend === null}>
          {t('save')}
        </button>
        <button type="button" className="btn quiet" onClick={onKeepDrawing}>
          {t('keepDrawing')}
        </button>
      </div>
    </form>
  );
}

/** A joint sets its digit and clears a motion it does not have. */
function settled({ motion, ...rest }: Choice): Choice {
  const kept = rest.joint && motion && !motionsOf(rest.joint).includes(motion) ? {} : { motion };
  return settleDigit({ ...rest, ...kept });
}

function MeasureFields({ choice, onChange }: { choice: Choice; onChange(change: Choice): void }) {
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

/** What the label will say; the included angle while something is missing. */
function Reading({ angle, measurement }: Pick<MeasureFormProps, 'angle'> & { measurement: AngleMeasurement | null }) {
  const t = useTranslations('measure');
  const reading = measurement ? goniometer({ ...angle, measurement }) : null;
  const included = includedAngle(angle);
  if (included === null) {
    return (
      <p role="status" className="problem">
        {t('noAngle')}
      </p>
    );
  }
  return (
    <div role="status" className="grid gap-1">
      <p>
        <span className="text-[1.75rem] font-extrabold tabular-nums">
          {t('reads', { degrees: Math.round(reading ? reading.valueDegrees : 180 - included) })}
        </span>
      </p>
      <p className="small muted">{t('estimate')}</p>
      {reading && measurement && !reading.reliable ? (
        <p className="state care whitespace-normal">{t('wrongView', { motion: measurement.motion })}</p>
      ) : null}
    </div>
  );
}
