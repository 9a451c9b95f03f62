'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem, TextField } from '#components/form/field';
import { FEEDS_MAX, makeFeedSchema } from '#domain/contact/calendar';

type Feed = Outputs['contact']['calendars']['feeds'][number];

/** Links by which calendars outside of the app show one's visits. The secret of each is shown once, when it is made. */
export function CalendarLinks({ isStaff }: { isStaff: boolean }) {
  const t = useTranslations('calendarLinks');
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.contact.calendars.queryOptions());
  return (
    <section className="card grid gap-4 p-4" aria-labelledby="calendar-links">
      <h2 id="calendar-links" className="section-title">
        {t('title')}
      </h2>
      <p>{t(isStaff ? 'leadStaff' : 'lead')}</p>
      <p className="small muted">{t('secret')}</p>
      {data.isShared ? <p>{t('shared')}</p> : <MakeLink isFull={data.feeds.length >= FEEDS_MAX} />}
      {data.feeds.length > 0 ? <Links feeds={data.feeds} /> : null}
    </section>
  );
}

function MakeLink({ isFull }: { isFull: boolean }) {
  const t = useTranslations('calendarLinks');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isWrong, setWrong] = useState(false);
  const make = useMutation(
    trpc.contact.linkCalendar.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.contact.calendars.queryKey() }),
    }),
  );

  function submit(form: HTMLFormElement) {
    const label = String(new FormData(form).get('label')).trim();
    const parsed = makeFeedSchema.safeParse({ label: label || null });
    setWrong(!parsed.success);
    if (parsed.success && !make.isPending) make.mutate(parsed.data, { onSuccess: () => form.reset() });
  }

  return (
    <>
      {isFull ? (
        <p>{t('full')}</p>
      ) : (
        <form
          className="grid gap-3"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit(event.currentTarget);
          }}
        >
          <TextField
            label={t('label')}
            name="label"
            hint={t('labelHint')}
            maxLength={60}
            autoComplete="off"
            problem={isWrong ? t('labelWrong') : null}
          />
          <Problem reason={make.error ? problemOf(make.error).reason : null} />
          <button type="submit" className="btn quiet min-h-12 w-fit max-w-full" aria-busy={make.isPending}>
            {t(make.isPending ? 'making' : 'make')}
          </button>
        </form>
      )}
      {make.data ? <MadeLink key={make.data.url} url={make.data.url} /> : null}
    </>
  );
}

/** Shown once: the server keeps what it recognises the link by. */
function MadeLink({ url }: { url: string }) {
  const t = useTranslations('calendarLinks');
  const [copied, setCopied] = useState<'copied' | 'copyByHand' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopied('copied'),
      // Not allowed by the browser: it stands selected.
      () => {
        input.current?.select();
        setCopied('copyByHand');
      },
    );
  return (
    <div className="note grid gap-3">
      <p role="status" className="font-bold">
        {t('made')}
      </p>
      <p>{t('how')}</p>
      <label className="field">
        <span className="label">{t('link')}</span>
        <input
          ref={input}
          className="input mono"
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <div className="flex flex-wrap gap-3">
        <button type="button" className="btn quiet min-h-12" onClick={() => void copy()}>
          {t('copy')}
        </button>
        <a className="btn quiet min-h-12" href={url.replace(/^https?:/, 'webcal:')} referrerPolicy="no-referrer">
          {t('open')}
        </a>
      </div>
      <p role="status" className="empty:hidden">
        {copied ? t(copied) : null}
      </p>
    </div>
  );
}

function Links({ feeds }: { feeds: readonly Feed[] }) {
  const t = useTranslations('calendarLinks');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const end = useMutation(
    trpc.contact.endCalendar.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.contact.calendars.queryKey() }),
    }),
  );
  return (
    <div className="grid gap-2">
      <h3 id="calendar-links-list" className="label">
        {t('links')}
      </h3>
      <ul className="divide-y divide-line border-line border-y" aria-labelledby="calendar-links-list">
        {feeds.map(({ id, label, createdAt, lastReadAt }) => {
          const name = label ?? t('unnamed');
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
              <span className="min-w-[min(100%,10rem)] grow">
                <strong className="block wrap-anywhere">{name}</strong>
                <span className="muted small block">{t('since', { when: when(createdAt, 'dated') })}</span>
                <span className="muted small block">
                  {lastReadAt === null ? t('neverRead') : t('lastRead', { when: when(lastReadAt, 'dated') })}
                </span>
              </span>
              <ConfirmedDelete
                label={t('end')}
                named={t('endNamed', { name, when: when(createdAt, 'dated') })}
                question={t('endQuestion')}
                yes={t('end')}
                disabled={end.isPending}
                onDelete={() => end.mutate({ id })}
              />
            </li>
          );
        })}
      </ul>
      <Problem reason={end.error ? problemOf(end.error).reason : null} />
    </div>
  );
}
