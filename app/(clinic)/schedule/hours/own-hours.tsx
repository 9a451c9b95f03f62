'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useReaderZone } from '#client/device/reader-zone';
import { useTranslations } from '#client/device/words/translations';
import { SelectField } from '#components/form/field';
import { rowsOf, typedWeek, Week } from '#components/form/opening-week';
import { SettingsForm } from '#components/form/settings-form';
import { editWorkingHoursSchema } from '#domain/visit/working-hours';
import { Exceptions } from './exceptions';

/** When a clinician holds visits and answers check-ins, week by week, and what differs. */
export function OwnHours() {
  const t = useTranslations('ownHours');
  return (
    <main className="mx-auto grid w-full max-w-[1000px] grid-cols-1 content-start gap-8 px-4 py-6 md:px-8">
      <div>
        <Link className="link inline-flex min-h-12 w-fit items-center gap-1" href="/schedule" prefetch={false}>
          <ChevronLeft className="rtl:-scale-x-100" aria-hidden="true" /> {t('back')}
        </Link>
        <h1 className="page-title">{t('title')}</h1>
      </div>
      <WeekForm />
      <Exceptions />
    </main>
  );
}

const inWords = (zone: string) => zone.replaceAll('_', ' ');

function WeekForm() {
  const t = useTranslations('ownHours');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const readerZone = useReaderZone();
  const { data } = useSuspenseQuery(trpc.appointments.hours.queryOptions());
  // Fixed when the page opens: what was saved on another device meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(data);
  const [visits, setVisits] = useState(() => rowsOf(data.hours.visits, 'visits'));
  const [reviews, setReviews] = useState(() => rowsOf(data.hours.reviews, 'reviews'));
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const save = useMutation(
    trpc.appointments.saveHours.mutationOptions({
      onSuccess: ({ hours }) => {
        setSeen((before) => ({ ...before, hours }));
        return queryClient.invalidateQueries();
      },
    }),
  );
  const zones = [...new Set([seen.timeZone, ...(readerZone ? [readerZone] : [])])];

  function submit(form: FormData) {
    const hours = {
      version: seen.hours.version,
      visits: typedWeek(visits, form),
      reviews: typedWeek(reviews, form),
    };
    const parsed = editWorkingHoursSchema.safeParse({ timeZone: form.get('timeZone'), hours });
    setWrong(new Map(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message])));
    if (parsed.success) save.mutate(parsed.data);
    else save.reset();
  }
  return (
    <SettingsForm
      id="own-hours"
      words={{
        ...{ title: t('week'), lead: seen.hours.version === 0 ? t('leadNone') : t('lead') },
        ...{ save: t('save'), saving: t('saving'), saved: t('saved') },
      }}
      edit={save}
      submit={submit}
    >
      <SelectField label={t('zone')} name="timeZone" defaultValue={seen.timeZone}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {inWords(zone)}
          </option>
        ))}
      </SelectField>
      <section className="grid min-w-0 gap-3 md:col-span-3" aria-labelledby="visit-hours">
        <h3 id="visit-hours" className="font-bold">
          {t('visits')}
        </h3>
        <Week
          week={visits}
          wrong={wrong}
          path="hours.visits"
          words={{ never: t('never'), closed: t('none') }}
          onChange={setVisits}
        />
      </section>
      <details className="min-w-0 md:col-span-3" open={reviews.some((rows) => rows.length > 0)}>
        <summary className="flex min-h-12 cursor-pointer items-center font-bold">{t('reviews')}</summary>
        <p className="muted mb-3 max-w-prose">{t('reviewsLead')}</p>
        <Week
          week={reviews}
          wrong={wrong}
          path="hours.reviews"
          words={{ never: '', closed: t('noReviews') }}
          onChange={setReviews}
        />
      </details>
    </SettingsForm>
  );
}
