'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useGaps } from '#client/device/use-gaps';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments } from '#components/form/field';
import { editPatientSchema } from '#domain/people/patient';
import {
  BirthYearField,
  DominantHandField,
  EmergencyContactField,
  fieldsRefused,
  HoldingHand,
  NameField,
  PhoneField,
  readPerson,
  TimeZoneField,
} from '../fields';

export type PatientOnRecord = Outputs['patients']['get']['patient'];

/** Stable, so that React calls it once: when the form takes the button's place. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus();

export function EditDetails({
  patient,
  onClose,
}: {
  patient: PatientOnRecord;
  onClose: (how: 'kept' | 'saved') => void;
}) {
  const t = useTranslations('patientDetails');
  const f = useTranslations('form');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [operatesWith, setOperatesWith] = useState(patient.operatesWith);
  const [dominantHand, setDominantHand] = useState(patient.dominantHand);
  const [sex, setSex] = useState(patient.sex);
  const gaps = useGaps();
  const edit = useMutation(
    trpc.patients.edit.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        onClose('saved');
      },
    }),
  );
  const of = (field: 'name' | 'birthYear' | 'phone' | 'emergencyContact' | 'timeZone') => ({
    defaultValue: String(patient[field] ?? ''),
    problem: gaps.has(field) ? f('check') : null,
  });

  function submit(element: HTMLFormElement) {
    const form = new FormData(element);
    const hands = { operatesWith, dominantHand, sex };
    const parsed = editPatientSchema.safeParse({ patientId: patient.id, ...hands, ...readPerson(form) });
    const refused = fieldsRefused(parsed);
    gaps.show(refused, element);
    if (parsed.data && refused.length === 0) edit.mutate(parsed.data);
  }

  return (
    // The browser keeps what was typed; an action would clear it when a field is refused.
    <form
      ref={focusFirst}
      className="grid gap-4"
      aria-labelledby="details"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onChange={gaps.mend}
    >
      <NameField {...of('name')} />
      <BirthYearField {...of('birthYear')} />
      <Segments
        legend={t('sex')}
        name="sex"
        value={sex ?? 'none'}
        hint={t('sexHint')}
        choices={(['female', 'male', 'none'] as const).map((one) => ({ value: one, label: t('sexIs', { sex: one }) }))}
        onChange={(one) => setSex(one === 'none' ? null : one)}
      />
      <DominantHandField value={dominantHand} onChange={setDominantHand} />
      <PhoneField {...of('phone')} />
      <EmergencyContactField {...of('emergencyContact')} />
      <HoldingHand value={operatesWith} onChange={setOperatesWith} />
      <TimeZoneField zones={Intl.supportedValuesOf('timeZone')} chosen={patient.timeZone} {...of('timeZone')} />
      <Problem reason={edit.error ? problemOf(edit.error).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={edit.isPending}>
          {edit.isPending ? t('saving') : t('save')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={() => onClose('kept')}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
