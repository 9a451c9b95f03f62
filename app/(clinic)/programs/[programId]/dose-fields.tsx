'use client';

import { useTranslations } from '#client/device/words/translations';
import { SelectField } from '#components/form/field';
import { Stepper } from '#components/form/stepper';
import type { Dose } from '#domain/program/dose';

const SCALE = Array.from({ length: 11 }, (_, pain) => pain);

/** The numbers of a dose; each says what it was in the version in force. */
export function DoseFields({
  dose,
  before,
  onChange,
}: {
  dose: Dose;
  before: Dose | null;
  onChange(change: Partial<Dose>): void;
}) {
  const t = useTranslations('programEditor');
  const was = (field: 'sets' | 'repsMin' | 'holdSeconds' | 'restSeconds') =>
    before && before[field] !== dose[field] ? t('was', { value: String(before[field]) }) : null;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,8rem),1fr))] gap-4 md:grid-cols-3">
      <Stepper
        label={t('sets')}
        value={dose.sets}
        min={1}
        max={10}
        was={was('sets')}
        onChange={(sets) => onChange({ sets })}
      />
      <Stepper
        label={t('reps')}
        value={dose.repsMin}
        min={1}
        max={100}
        was={was('repsMin')}
        onChange={(reps) => onChange({ repsMin: reps, repsMax: reps })}
      />
      <Stepper
        label={t('hold')}
        unit={t('seconds')}
        value={dose.holdSeconds}
        min={0}
        max={600}
        was={was('holdSeconds')}
        onChange={(holdSeconds) =>
          onChange({ holdSeconds, tempo: { ...dose.tempo, holdSeconds: Math.min(60, holdSeconds) } })
        }
      />
      <Stepper
        label={t('rest')}
        unit={t('seconds')}
        value={dose.restSeconds}
        min={0}
        max={600}
        step={5}
        was={was('restSeconds')}
        onChange={(restSeconds) => onChange({ restSeconds })}
      />
      <PainLimit before={before} limit={dose.painLimit} onChange={(painLimit) => onChange({ painLimit })} />
    </div>
  );
}

/** The limit of this exercise; not set is a choice of its own and never a number. */
function PainLimit({
  before,
  limit,
  onChange,
}: {
  before: Dose | null;
  limit: number | null;
  onChange(limit: number | null): void;
}) {
  const t = useTranslations('programEditor');
  const old = before?.painLimit ?? null;
  const changed = before !== null && old !== limit;
  return (
    <SelectField
      label={t('painLimit')}
      hint={changed ? (old === null ? t('wasNone') : t('was', { value: String(old) })) : undefined}
      value={limit === null ? '' : String(limit)}
      onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
    >
      <option value="">{t('painLimitNone')}</option>
      {SCALE.map((pain) => (
        <option key={pain} value={pain}>
          {pain}
        </option>
      ))}
    </SelectField>
  );
}
