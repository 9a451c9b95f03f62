'use client';

import { useTranslations } from '#client/device/words/translations';
import { SelectField, TextField } from '#components/form/field';
import { NumberField } from '#components/form/number-field';
import {
  LOAD_PARTS,
  type Load,
  type LoadKind,
  type LoadPart,
  loadKindSchema,
  newLoad,
  withLoadPart,
} from '#domain/program/load';

const BOUNDS = { level: [1, 12], kgf: [0.01, 100], percent: [1, 100] } as const;

/** What the hand works against, with the parts that this kind of load has. A part that nobody knows stays empty. */
export function LoadFields({ load, onChange }: { load: Load; onChange(load: Load): void }) {
  const t = useTranslations('programEditor');
  const number = (part: Exclude<LoadPart, 'brand'>, label: string) => (
    <NumberField
      key={`${load.kind} ${part}`}
      label={label}
      value={load[part]}
      min={BOUNDS[part][0]}
      max={BOUNDS[part][1]}
      whole={part !== 'kgf'}
      onChange={(value) => onChange(withLoadPart(load, part, value))}
    />
  );
  const fields: Record<LoadPart, () => React.ReactNode> = {
    brand: () => (
      <TextField
        key="brand"
        label={t('brand')}
        value={load.brand ?? ''}
        maxLength={60}
        autoComplete="off"
        onChange={({ target }) => onChange(withLoadPart(load, 'brand', target.value.trimStart() || null))}
      />
    ),
    level: () => number('level', t('level')),
    kgf: () => number('kgf', t(`force.${load.kind}`)),
    percent: () => number('percent', t('percent')),
  };
  return (
    <div className="grid grid-cols-2 content-start gap-3">
      <SelectField
        label={t('load')}
        value={load.kind}
        onChange={(event) => onChange(newLoad(event.target.value as LoadKind))}
      >
        {loadKindSchema.options.map((kind) => (
          <option key={kind} value={kind}>
            {t(`loads.${kind}`)}
          </option>
        ))}
      </SelectField>
      {LOAD_PARTS[load.kind].map((part) => fields[part]())}
    </div>
  );
}
