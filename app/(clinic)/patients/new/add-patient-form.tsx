'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { browserZone } from '#client/device/reader-zone';
import { useGaps } from '#client/device/use-gaps';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, TextArea, TextField } from '#components/form/field';
import { type AddPatient, addPatientSchema } from '#domain/people/patient';
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
  textOf,
  textOrNull,
} from '../fields';

type Chosen = {
  operatesWith: 'left' | 'right' | null;
  side: 'left' | 'right' | 'both' | null;
  dominantHand: AddPatient['dominantHand'];
};

function readForm(form: FormData, chosen: Chosen) {
  return addPatientSchema.safeParse({
    ...readPerson(form),
    condition: textOf(form, 'condition'),
    injuryOn: textOrNull(form, 'injuryOn'),
    surgeryOn: textOrNull(form, 'surgeryOn'),
    precautions: textOf(form, 'precautions'),
    ...chosen,
  });
}

export function AddPatientForm({ timeZones }: { timeZones: readonly string[] }) {
  const [timeZone, setTimeZone] = useState('');
  // The browser's own, which the server cannot know: most patients live where their clinic is.
  useEffect(() => setTimeZone((chosen) => chosen || browserZone()), []);
  const t = useTranslations('patients.new');
  const f = useTranslations('form');
  const router = useRouter();
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<Chosen>({ operatesWith: null, side: null, dominantHand: 'unknown' });
  const gaps = useGaps();
  const add = useMutation(
    trpc.patients.add.mutationOptions({ onSuccess: ({ patientId }) => router.push(`/patients/${patientId}`) }),
  );
  const addOnce = useOneAtATime(add, { leaves: true });
  const problemIn = (field: string) => (gaps.has(field) ? f('check') : null);
  const unchosen = (field: string) => (gaps.has(field) ? f('choose') : null);
  const sides = [
    { value: 'left', label: t('left') },
    { value: 'right', label: t('right') },
  ] as const;

  function submit(form: HTMLFormElement) {
    const typed = new FormData(form);
    // A press that came before the browser's zone stood in its field.
    if (!typed.get('timeZone')) typed.set('timeZone', browserZone());
    const parsed = readForm(typed, chosen);
    const refused = fieldsRefused(parsed);
    gaps.show(refused, form);
    if (parsed.data && refused.length === 0) addOnce(parsed.data);
  }

  return (
    // The browser keeps what was typed; an action would clear it when a field is refused.
    <form
      className="grid gap-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onChange={gaps.mend}
    >
      <div className="grid gap-5 md:grid-cols-2">
        <NameField problem={problemIn('name')} />
        <BirthYearField problem={problemIn('birthYear')} />
        <TextField
          label={t('condition')}
          name="condition"
          hint={t('conditionHint')}
          maxLength={160}
          required
          problem={problemIn('condition')}
        />
        <Segments
          legend={t('side')}
          name="side"
          value={chosen.side}
          choices={[...sides, { value: 'both', label: t('both') }]}
          problem={unchosen('side')}
          onChange={(side) => setChosen({ ...chosen, side })}
        />
        <TextField label={t('injuryOn')} name="injuryOn" type="date" problem={problemIn('injuryOn')} />
        <TextField label={t('surgeryOn')} name="surgeryOn" type="date" problem={problemIn('surgeryOn')} />
        <HoldingHand
          value={chosen.operatesWith}
          problem={unchosen('operatesWith')}
          onChange={(operatesWith) => setChosen({ ...chosen, operatesWith })}
        />
        <DominantHandField
          value={chosen.dominantHand}
          onChange={(dominantHand) => setChosen({ ...chosen, dominantHand })}
        />
        <TimeZoneField
          zones={timeZones}
          chosen={timeZone}
          value={timeZone}
          onChange={(event) => setTimeZone(event.target.value)}
          problem={problemIn('timeZone')}
        />
        <PhoneField problem={problemIn('phone')} />
      </div>
      <EmergencyContactField problem={problemIn('emergencyContact')} />
      <TextArea
        label={t('precautions')}
        name="precautions"
        hint={t('precautionsHint')}
        maxLength={2000}
        problem={problemIn('precautions')}
      />
      <Problem reason={add.error ? problemOf(add.error).reason : null} />
      <button type="submit" className="btn primary min-h-12 w-fit" aria-busy={add.isPending}>
        {add.isPending ? t('saving') : t('save')}
      </button>
    </form>
  );
}
