'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { goniometer, includedAngle } from '#domain/annotation/goniometry';
import { type AngleMark, type AngleMeasurement, angleMeasurementSchema, motionsOf } from '#domain/annotation/mark';
import { settleDigit } from '#domain/annotation/measurement-prefill';
import { isWithinReach, otherReadings } from '#domain/annotation/reach';
import { type MeasureChoice, MeasureFields } from './measure-fields';

type Angle = Pick<AngleMark, 'points' | 'aspect'>;

type MeasureFormProps = {
  angle: Angle;
  /** What it measures in all likelihood; complete but for what nobody said. */
  prefill: MeasureChoice;
  onMeasure(measurement: AngleMeasurement): void;
  onKeepDrawing(): void;
  onDrawAgain(): void;
};

/**
 * Says in words what a drawn angle measures and asks to save it. Without all of it the angle stays a drawing; a value that
 * the joint cannot have is asked about first.
 */
export function MeasureForm({ angle, prefill, onMeasure, onKeepDrawing, onDrawAgain }: MeasureFormProps) {
  const t = useTranslations('measure');
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [choice, setChoice] = useState<MeasureChoice>(() => settled(prefill));
  const [asked, setAsked] = useState(false);
  const complete = angleMeasurementSchema.safeParse(choice);
  const measurement = complete.success ? complete.data : null;
  const [isOpen, setOpen] = useState(measurement === null);
  const reading = measurement ? goniometer({ ...angle, measurement }) : null;
  const doubt = measurement && reading && !measurement.unusual && !isWithinReach(measurement, reading.valueDegrees);
  const canSave = measurement !== null && reading !== null && !doubt;

  useEffect(() => {
    // From the third point the keyboard goes on to what is asked: a question, an empty field, or Save.
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    const empty = [...(form.current?.querySelectorAll('select') ?? [])].find((field) => field.value === '');
    (find('[data-question]') ?? empty ?? find('fieldset:not(:has(:checked)) input') ?? find('[type=submit]'))?.focus();
  }, []);

  function choose(change: MeasureChoice) {
    // What was said of one value says nothing of another.
    setChoice(({ unusual: _, ...before }) => settled({ ...before, ...change }));
  }
  return (
    <form
      ref={form}
      className="card grid gap-3 p-4 text-ink"
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (measurement && canSave) return onMeasure(measurement);
        setAsked(true);
        form.current?.querySelector<HTMLElement>('[data-question]')?.focus();
      }}
    >
      <h2 className="section-title">{t('title')}</h2>
      <Value angle={angle} measurement={measurement} wordsId={id} />
      {doubt ? (
        <Doubt
          angle={angle}
          measurement={measurement}
          degrees={Math.round(reading.valueDegrees)}
          onChoose={choose}
          onKeep={() => setChoice({ ...measurement, unusual: true })}
          onDrawAgain={onDrawAgain}
        />
      ) : null}
      {isOpen ? <MeasureFields choice={choice} onChange={choose} /> : null}
      {asked && !measurement ? (
        <p role="alert" className="problem">
          {t('missing')}
        </p>
      ) : null}
      <div className="grid gap-2">
        <button type="submit" className="btn primary" aria-disabled={!canSave} aria-describedby={id}>
          {t('save')}
        </button>
        <div className="flex flex-wrap gap-2">
          {isOpen ? null : (
            <button type="button" className="btn quiet grow" onClick={() => setOpen(true)}>
              {t('change')}
            </button>
          )}
          <button type="button" className="btn quiet grow" onClick={onKeepDrawing}>
            {t('keepDrawing')}
          </button>
        </div>
      </div>
    </form>
  );
}

/** A joint sets its digit and clears a motion it does not have. */
function settled({ motion, ...rest }: MeasureChoice): MeasureChoice {
  const kept = rest.joint && motion && !motionsOf(rest.joint).includes(motion) ? {} : { motion };
  return settleDigit({ ...rest, ...kept });
}

function wordsOf({ joint, motion, digit, side, view }: AngleMeasurement) {
  return { joint, motion, digit: digit ?? 'none', side, view };
}

type ValueProps = { angle: Angle; measurement: AngleMeasurement | null; wordsId: string };

/** What the label will say, and of what; the included angle while something is missing. */
function Value({ angle, measurement, wordsId }: ValueProps) {
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
    <div role="status" id={wordsId} className="grid gap-1">
      <p>
        <span className="text-[1.75rem] font-extrabold tabular-nums">
          {t('reads', { degrees: Math.round(reading ? reading.valueDegrees : 180 - included) })}
        </span>
      </p>
      {measurement ? (
        <p>
          <strong>{t('inWords', wordsOf(measurement))}</strong>
          <br />
          {t('howInWords', { activity: measurement.activity, view: measurement.view })}
        </p>
      ) : null}
      {measurement?.unusual ? <p className="small">{t('unusual')}</p> : null}
      <p className="small muted">{t('estimate')}</p>
      {reading && measurement && !reading.reliable ? (
        <p className="state care whitespace-normal">{t('wrongView', { motion: measurement.motion })}</p>
      ) : null}
    </div>
  );
}

type DoubtProps = {
  angle: Angle;
  measurement: AngleMeasurement;
  degrees: number;
  onChoose(change: MeasureChoice): void;
  onKeep(): void;
  onDrawAgain(): void;
};

/** A joint does not stand like this: what may have been meant, each with the value that it gives. */
function Doubt({ angle, measurement, degrees, onChoose, onKeep, onDrawAgain }: DoubtProps) {
  const t = useTranslations('measure');
  return (
    <div role="alert" className="note grid gap-2">
      <p className="font-bold">{t('doubt', { degrees, ...wordsOf(measurement) })}</p>
      {otherReadings(angle, measurement).map((other) => (
        <button
          key={other.change}
          type="button"
          data-question
          className="btn quiet h-auto w-full py-2 whitespace-normal"
          onClick={() => onChoose(other.measurement)}
        >
          {t(`other.${other.change}`, {
            ...wordsOf(other.measurement),
            degrees: Math.round(other.reading.valueDegrees),
          })}
        </button>
      ))}
      <button type="button" data-question className="btn quiet" onClick={onDrawAgain}>
        {t('drawAgain')}
      </button>
      <button type="button" className="btn quiet h-auto py-2 whitespace-normal" onClick={onKeep}>
        {t('keepUnusual', { degrees })}
      </button>
    </div>
  );
}
