'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { SelectField, TextField } from '#components/form/field';
import { SettingsForm } from '#components/form/settings-form';
import { editClinicSchema } from '#domain/clinic/settings';
import { decimalOf } from '#domain/input/decimal';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';

const THRESHOLDS = ['amberFrom', 'redFrom', 'redRise', 'urgentFrom'] as const;
const SCALE = Array.from({ length: 10 }, (_, index) => index + 1);

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '');

/** How patients reach the clinic and what a pain answer means here. A refused field keeps what was typed. */
export function ClinicForm() {
  const t = useTranslations('clinicSettings');
  const f = useTranslations('form');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [{ painPolicy }, setSeen] = useState(clinic);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const edit = useMutation(
    trpc.clinic.edit.mutationOptions({
      onSuccess: (saved) => {
        setSeen((seen) => ({ ...seen, ...saved }));
        return queryClient.invalidateQueries();
      },
    }),
  );
  const problemIn = (path: string) => (wrong.has(path) ? f('check') : null);

  function submit(form: FormData) {
    const thresholds = Object.fromEntries(THRESHOLDS.map((name) => [name, decimalOf(String(form.get(name))) ?? 0]));
    const parsed = editClinicSchema.safeParse({
      name: textOf(form, 'clinicName'),
      phone: textOf(form, 'phone'),
      emergencyNumber: textOf(form, 'emergencyNumber'),
      painPolicy: {
        version: painPolicy.version,
        ...thresholds,
        source: textOf(form, 'source'),
        note: textOf(form, 'note'),
      },
    });
    setWrong(new Set(parsed.error?.issues.map((issue) => issue.path.join('.'))));
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }

  return (
    <SettingsForm
      id="clinic"
      words={{ title: t('title'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={submit}
    >
      <TextField
        label={t('name')}
        name="clinicName"
        defaultValue={clinic.name}
        maxLength={120}
        problem={problemIn('name')}
      />
      <TextField
        label={t('phone')}
        name="phone"
        type="tel"
        hint={t('phoneHint')}
        defaultValue={clinic.phone}
        problem={problemIn('phone')}
      />
      <TextField
        label={t('emergencyNumber')}
        name="emergencyNumber"
        type="tel"
        defaultValue={clinic.emergencyNumber}
        problem={problemIn('emergencyNumber')}
      />
      <h3 className="label md:col-span-3">{t('painPolicy', { version: painPolicy.version })}</h3>
      {THRESHOLDS.map((name) => (
        <SelectField
          key={name}
          label={t(name)}
          name={name}
          hint={t('default', { value: DEFAULT_PAIN_POLICY[name] })}
          defaultValue={painPolicy[name]}
          problem={wrong.has(`painPolicy.${name}`) ? t('order') : null}
        >
          {SCALE.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </SelectField>
      ))}
      <TextField
        label={t('source')}
        name="source"
        hint={t('sourceHint')}
        defaultValue={painPolicy.source}
        maxLength={300}
        problem={problemIn('painPolicy.source')}
      />
      <TextField
        label={t('note')}
        name="note"
        defaultValue={painPolicy.note}
        maxLength={300}
        problem={problemIn('painPolicy.note')}
      />
    </SettingsForm>
  );
}
