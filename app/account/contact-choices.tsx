'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useReaderZone } from '#client/device/reader-zone';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, SelectField, TextField } from '#components/form/field';
import { contactChoicesSchema } from '#domain/contact/choices';
import type { Group } from '#domain/contact/kinds';
import { clockOf, minutesOf } from '#domain/time/wall-time';

type Own = Outputs['contact']['choices'];
type Choices = Own['choices'];

const inWords = (zone: string) => zone.replaceAll('_', ' ');

/** What is typed, not yet checked; `-1` is no time, which the schema refuses. */
function typedChoices(form: FormData, own: Own, digest: Choices['digest']): Choices {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const wanted = new Set(form.getAll('group').map(String));
  return {
    // What was turned off and is not offered here stays as it is.
    emailOff: [
      ...own.groups.filter((group) => !wanted.has(group)),
      ...own.choices.emailOff.filter((group) => !own.groups.includes(group)),
    ] as Choices['emailOff'],
    quietFrom: minutesOf(text('quietFrom')) ?? -1,
    quietUntil: minutesOf(text('quietUntil')) ?? -1,
    timeZone: text('timeZone') || null,
    digest,
    smsPhone: own.hasSms ? text('smsPhone') || null : own.choices.smsPhone,
  };
}

/** How the account is told that there is news: which, when, and by which ways. */
export function ContactChoices() {
  const t = useTranslations('contactChoices');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: own } = useSuspenseQuery(trpc.contact.choices.queryOptions());
  const [digest, setDigest] = useState(own.choices.digest);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const save = useMutation(
    trpc.contact.choose.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.contact.choices.queryKey() }),
    }),
  );

  function submit(form: FormData) {
    const parsed = contactChoicesSchema.safeParse(typedChoices(form, own, digest));
    setWrong(new Set(parsed.error?.issues.map(({ path }) => String(path[0]))));
    if (parsed.success) save.mutate(parsed.data);
    else save.reset();
  }
  return (
    <section className="card p-4" aria-labelledby="contact-choices">
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <h2 id="contact-choices" className="section-title">
          {t('title')}
        </h2>
        <p>{t('lead')}</p>
        {own.hasMail ? (
          own.hasAddress ? null : (
            <p className="state care whitespace-normal">{t('noEmail')}</p>
          )
        ) : (
          <p>{t('emailOff')}</p>
        )}
        <Groups own={own} />
        {own.hasDigest ? (
          <Segments
            legend={t('digest')}
            name="digest"
            value={digest}
            choices={[
              { value: 'none', label: t('digestNone') },
              { value: 'morning', label: t('digestMorning') },
            ]}
            onChange={setDigest}
          />
        ) : null}
        <QuietHours own={own} wrong={wrong} />
        {own.hasSms ? (
          <TextField
            label={t('smsPhone')}
            name="smsPhone"
            type="tel"
            autoComplete="tel"
            hint={t('smsHint')}
            defaultValue={own.choices.smsPhone ?? ''}
            problem={wrong.has('smsPhone') ? t('wrongPhone') : null}
          />
        ) : null}
        <Problem reason={save.error ? problemOf(save.error).reason : null} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" className="btn primary" aria-busy={save.isPending}>
            {save.isPending ? t('saving') : t('save')}
          </button>
          <p role="status" className="text-good">
            {save.isSuccess ? t('saved') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}

/** What news is told of outside the app; what is about safety is no choice. */
function Groups({ own }: { own: Own }) {
  const t = useTranslations('contactChoices');
  const words = (group: Exclude<Group, 'safety'>) => t(`${own.isStaff ? 'staffGroup' : 'group'}.${group}`);
  return (
    <fieldset className="grid gap-1">
      <legend className="label mb-1.5">{t('kinds')}</legend>
      {own.groups.map((group) =>
        group === 'safety' ? null : (
          <label key={group} className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 flex-none"
              name="group"
              value={group}
              defaultChecked={!own.choices.emailOff.includes(group)}
            />
            {words(group)}
          </label>
        ),
      )}
      <p className="small muted">{t(own.isStaff ? 'alwaysStaff' : 'always')}</p>
    </fieldset>
  );
}

function QuietHours({ own, wrong }: { own: Own; wrong: ReadonlySet<string> }) {
  const t = useTranslations('contactChoices');
  const readerZone = useReaderZone();
  const { quietFrom, quietUntil, timeZone } = own.choices;
  const zones = [...new Set([timeZone, readerZone])].filter((zone) => zone !== null);
  const time = (name: 'quietFrom' | 'quietUntil', value: number) => ({
    ...{ name, type: 'time', required: true, defaultValue: clockOf(value) },
    problem: wrong.has(name) ? t('wrongTime') : null,
  });
  return (
    <fieldset className="grid gap-3">
      <legend className="label mb-1.5">{t('quiet')}</legend>
      <p className="small muted">{t('quietHint')}</p>
      <div className="grid gap-3 min-[360px]:grid-cols-2">
        <TextField label={t('from')} {...time('quietFrom', quietFrom)} />
        <TextField label={t('until')} {...time('quietUntil', quietUntil)} />
      </div>
      <SelectField label={t('zone')} name="timeZone" defaultValue={timeZone ?? ''}>
        <option value="">{t(own.hasRecord ? 'zoneOfRecord' : 'zoneOfClinic')}</option>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {inWords(zone)}
          </option>
        ))}
      </SelectField>
    </fieldset>
  );
}
