'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { SelectField, TextField } from '#components/form/field';
import { SettingsForm } from '#components/form/settings-form';
import { decimalOf } from '#domain/input/decimal';
import { appointmentSettingsSchema, PATIENTS_MAY, type VisitType } from '#domain/visit/appointment-settings';
import { VISIT_MODES } from '#domain/visit/lifecycle';

const KINDS = ['first', 'review', 'check'] as const;
const NUMBERS = {
  noticeHours: { min: 0, max: 336 },
  changeHours: { min: 0, max: 336 },
  aheadDays: { min: 1, max: 366 },
  upcomingMax: { min: 1, max: 20 },
} as const;
const LENGTHS = { durationMinutes: { min: 5, max: 180 }, bufferMinutes: { min: 0, max: 120 } } as const;
type Length = keyof typeof LENGTHS;

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** Which visits the clinic has, and what patients may do about them by themselves. */
export function AppointmentsForm() {
  const t = useTranslations('appointmentRules');
  const words = useTranslations('visitTypes');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(clinic.appointments);
  const [types, setTypes] = useState<readonly VisitType[]>(clinic.appointments.types);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const edit = useMutation(
    trpc.clinic.editAppointments.mutationOptions({
      onSuccess: ({ appointments }) => {
        setSeen(appointments);
        setTypes(appointments.types);
        return queryClient.invalidateQueries();
      },
    }),
  );

  function typed(type: VisitType, form: FormData) {
    const name = textOf(form, `${type.id} name`);
    return {
      ...type,
      // Left as Regrasp has it, it is read in each reader's language.
      name: name === '' || name === words(type.kind) ? null : name,
      kind: form.get(`${type.id} kind`),
      mode: form.get(`${type.id} mode`),
      patients: form.get(`${type.id} patients`),
      durationMinutes: decimalOf(textOf(form, `${type.id} durationMinutes`)),
      bufferMinutes: decimalOf(textOf(form, `${type.id} bufferMinutes`)),
    };
  }
  function submit(form: FormData) {
    const numbers = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, decimalOf(textOf(form, name))]));
    const shown = types.map((type) => (type.retired ? type : typed(type, form)));
    const parsed = appointmentSettingsSchema.safeParse({ version: seen.version, types: shown, ...numbers });
    const places = parsed.error?.issues.map(({ path }) =>
      path[0] === 'types' ? `${types[Number(path[1])]?.id} ${String(path[2])}` : String(path[0]),
    );
    setWrong(new Set(places));
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }
  const retire = (id: string) => setTypes(types.map((type) => (type.id === id ? { ...type, retired: true } : type)));
  return (
    <SettingsForm
      id="appointment-rules"
      words={{ title: t('title'), lead: t('lead'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={submit}
    >
      <ul className="grid gap-6 md:col-span-3">
        {types
          .filter(({ retired }) => !retired)
          .map((type) => (
            <TypeFields key={type.id} type={type} wrong={wrong} onRemove={() => retire(type.id)} />
          ))}
      </ul>
      <button
        type="button"
        className="btn quiet min-h-12 w-fit md:col-span-3"
        disabled={types.length >= 30}
        onClick={() => setTypes([...types, newType()])}
      >
        {t('add')}
      </button>
      {(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map((name) => (
        <TextField
          key={name}
          label={t(name)}
          name={name}
          inputMode="numeric"
          defaultValue={seen[name]}
          problem={wrong.has(name) ? t('number', NUMBERS[name]) : null}
        />
      ))}
    </SettingsForm>
  );
}

const newType = (): VisitType => ({
  ...{ id: uuidv7(), name: null, kind: 'review', mode: 'video', durationMinutes: 30, bufferMinutes: 5 },
  ...{ patients: 'ask', retired: false },
});

type TypeProps = { type: VisitType; wrong: ReadonlySet<string>; onRemove(): void };

function TypeFields({ type, wrong, onRemove }: TypeProps) {
  const t = useTranslations('appointmentRules');
  const words = useTranslations('visitTypes');
  const name = type.name ?? words(type.kind);
  const field = (part: string) => `${type.id} ${part}`;
  const length = (part: Length) => (
    <TextField
      label={t(part)}
      name={field(part)}
      inputMode="numeric"
      defaultValue={type[part]}
      problem={wrong.has(field(part)) ? t('number', LENGTHS[part]) : null}
    />
  );
  return (
    <li className="border-line border-b pb-5">
      <fieldset className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2 md:grid-cols-3">
        <legend className="label mb-2">{t('type', { name })}</legend>
        <TextField
          label={t('name')}
          name={field('name')}
          maxLength={60}
          defaultValue={name}
          problem={wrong.has(field('name')) ? t('nameProblem') : null}
        />
        <SelectField label={t('kind')} name={field('kind')} defaultValue={type.kind}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words(kind)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t('mode')} name={field('mode')} defaultValue={type.mode}>
          {VISIT_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {words(mode)}
            </option>
          ))}
        </SelectField>
        {length('durationMinutes')}
        {length('bufferMinutes')}
        <SelectField label={t('patients')} name={field('patients')} defaultValue={type.patients}>
          {PATIENTS_MAY.map((may) => (
            <option key={may} value={may}>
              {t(`may.${may}`)}
            </option>
          ))}
        </SelectField>
        <button
          type="button"
          className="btn plain min-h-12 w-fit"
          aria-label={t('removeNamed', { name })}
          onClick={onRemove}
        >
          {t('remove')}
        </button>
      </fieldset>
    </li>
  );
}
