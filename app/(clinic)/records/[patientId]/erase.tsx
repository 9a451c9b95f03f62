'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { isNameOf, reasonOf } from '#domain/people/typed';

type RecordData = Outputs['records']['get'];
type Wrong = ReadonlySet<'reason' | 'confirm' | 'password'>;

/**
 * Erasing, as far as the keeping term allows: within it the record is put away, after it deleted for good. Asks for a
 * reason, the person's name and the password.
 */
export function EraseRecord({ record }: { record: RecordData }) {
  const t = useTranslations('records');
  const when = useWhen(null);
  const [nowMs] = useState(() => deviceNow());
  const isOver = nowMs >= record.erasableFrom;
  const date = when(record.erasableFrom, 'date');
  return (
    <section className="grid gap-3" aria-labelledby="erase">
      <h2 id="erase" className="section-title">
        {t('erase')}
      </h2>
      {record.lock ? <Locked record={record} lock={record.lock} /> : null}
      {record.lock === null || isOver ? (
        <div className="card grid gap-4 p-4">
          <p className="max-w-prose">{isOver ? t('eraseLead') : t('lockLead', { date })}</p>
          <p className="max-w-prose muted">
            {record.backupsUntil === null
              ? t('eraseNoBackups')
              : t('eraseBackups', { date: when(record.backupsUntil, 'date') })}
          </p>
          <EraseForm record={record} isOver={isOver} />
        </div>
      ) : (
        <p>{t('erasableFrom', { date })}</p>
      )}
    </section>
  );
}

function EraseForm({ record, isOver }: { record: RecordData; isOver: boolean }) {
  const t = useTranslations('records');
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [wrong, setWrong] = useState<Wrong>(new Set());
  const erase = useMutation(
    trpc.records.erase.mutationOptions({
      onSuccess: async ({ done }) => {
        if (done === 'erased') router.replace('/records');
        else await queryClient.invalidateQueries();
      },
    }),
  );

  function submit(form: HTMLFormElement) {
    const data = new FormData(form);
    const reason = reasonOf(String(data.get('eraseReason') ?? ''));
    const confirm = String(data.get('confirm') ?? '');
    const password = String(data.get('erasePassword') ?? '');
    const found = new Set<'reason' | 'confirm' | 'password'>();
    if (reason === null) found.add('reason');
    if (!isNameOf(confirm, record.name)) found.add('confirm');
    if (password === '') found.add('password');
    setWrong(found);
    if (reason === null || found.size > 0 || erase.isPending) return;
    erase.mutate({ patientId: record.patientId, reason: reason, confirm, password });
  }
  return (
    <form
      className="grid gap-4"
      aria-labelledby="erase"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <TextField
        label={t('eraseReason')}
        name="eraseReason"
        hint={t('eraseReasonHint')}
        maxLength={500}
        problem={wrong.has('reason') ? t('reasonShort') : null}
      />
      <TextField
        label={t('confirm', { name: record.name })}
        name="confirm"
        autoComplete="off"
        maxLength={240}
        problem={wrong.has('confirm') ? t('confirmDiffers') : null}
      />
      <TextField
        label={t('yourPassword')}
        name="erasePassword"
        type="password"
        autoComplete="current-password"
        maxLength={256}
        problem={wrong.has('password') ? t('passwordNeeded') : null}
      />
      <Problem reason={erase.error ? problemOf(erase.error).reason : null} />
      <button type="submit" className="btn stop min-h-12 w-fit" aria-busy={erase.isPending}>
        {t(isOver ? 'eraseNow' : 'lockNow')}
      </button>
    </form>
  );
}

/** Since when and why it is put away, and the way back, which takes two. */
function Locked({ record, lock }: { record: RecordData; lock: NonNullable<RecordData['lock']> }) {
  const t = useTranslations('records');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = { onSettled: () => queryClient.invalidateQueries() };
  const ask = useMutation(trpc.records.askToOpen.mutationOptions(after));
  const open = useMutation(trpc.records.open.mutationOptions(after));
  const [isShort, setIsShort] = useState(false);
  const day = (at: number) => when(at, 'date');
  const { patientId } = record;
  const problem = ask.error ?? open.error;
  return (
    <div className="card grid gap-4 p-4">
      <p className="state care whitespace-normal">
        {t('lockedSince', { date: day(lock.askedAt), name: lock.askedByName ?? t('server'), reason: lock.reason })}
      </p>
      {lock.openAskedAt === null ? (
        <form
          className="grid gap-3"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const reason = reasonOf(String(new FormData(event.currentTarget).get('openReason') ?? ''));
            setIsShort(reason === null);
            if (reason !== null && !ask.isPending) ask.mutate({ patientId, reason: reason });
          }}
        >
          <TextField
            label={t('openReason')}
            name="openReason"
            hint={t('holdReasonHint')}
            maxLength={500}
            problem={isShort ? t('reasonShort') : null}
          />
          <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={ask.isPending}>
            {t('askToOpen')}
          </button>
        </form>
      ) : (
        <div className="grid justify-items-start gap-3">
          <p>
            {t('openAsked', {
              name: lock.openAskedByName ?? t('server'),
              date: day(lock.openAskedAt),
              reason: lock.openReason ?? '',
            })}
          </p>
          <button
            type="button"
            className="btn quiet min-h-12"
            aria-busy={open.isPending}
            onClick={() => {
              if (!open.isPending) open.mutate({ patientId });
            }}
          >
            {t('openNow')}
          </button>
        </div>
      )}
      <Problem reason={problem ? problemOf(problem).reason : null} />
    </div>
  );
}
