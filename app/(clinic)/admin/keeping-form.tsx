'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { Problem, TextField } from '#components/form/field';
import { editKeepingSchema, KEPT_KINDS } from '#domain/clinic/keeping';

const FIELDS = [...KEPT_KINDS, 'originals', 'clipMegabytesADay', 'recordYears'] as const;
type Field = (typeof FIELDS)[number];

const NUMBERS = {
  originals: { min: 0, max: 365 },
  clipMegabytesADay: { min: 500, max: 100_000 },
  recordYears: { min: 0, max: 40 },
};

/** A number as typed; null where nothing was, and no number where it is none. */
function typed(form: FormData, name: Field): number | null {
  const text = String(form.get(name) ?? '').trim();
  return text === '' ? null : Number(text);
}

/** How long clips and pictures are kept. What is to be kept less long acts a week later, and says so. */
export function KeepingForm() {
  const t = useTranslations('keeping');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(clinic);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const edit = useMutation(
    trpc.clinic.editKeeping.mutationOptions({
      onSuccess: (saved) => {
        setSeen((before) => ({ ...before, ...saved }));
        return queryClient.invalidateQueries();
      },
    }),
  );
  const { keeping } = seen;
  const shown: Record<Field, number | null> = {
    clips: keeping.clips.days,
    stills: keeping.stills.days,
    demos: keeping.demos.days,
    originals: seen.originals,
    clipMegabytesADay: keeping.clipMegabytesADay,
    recordYears: keeping.recordYears,
  };

  function submit(form: FormData) {
    const values = Object.fromEntries(FIELDS.map((name) => [name, typed(form, name)]));
    const parsed = editKeepingSchema.safeParse({ version: keeping.version, ...values });
    setWrong(new Set(parsed.error?.issues.map((issue) => issue.path.join('.'))));
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }
  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby="keeping">
      <h2 id="keeping" className="section-title">
        {t('title')}
      </h2>
      <p className="max-w-prose">{t('lead')}</p>
      <form
        className="card grid gap-4 p-4 md:grid-cols-3"
        aria-labelledby="keeping"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        {KEPT_KINDS.map((name) => (
          <TextField
            key={name}
            label={t(name)}
            name={name}
            inputMode="numeric"
            hint={t('asRecord')}
            defaultValue={shown[name] ?? ''}
            problem={wrong.has(name) ? t('whole') : null}
          />
        ))}
        {(['originals', 'clipMegabytesADay', 'recordYears'] as const).map((name) => (
          <TextField
            key={name}
            label={t(name)}
            name={name}
            inputMode="numeric"
            defaultValue={shown[name] ?? ''}
            problem={wrong.has(name) ? t('number', NUMBERS[name]) : null}
          />
        ))}
        <div className="grid gap-3 md:col-span-3">
          <ActsLater keeping={keeping} />
          <Problem reason={edit.error ? problemOf(edit.error).reason : null} />
          <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={edit.isPending}>
            {edit.isPending ? t('saving') : t('save')}
          </button>
          <p role="status" className={edit.isSuccess ? 'text-good' : 'vh'}>
            {edit.isSuccess ? t('saved') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}

type Keeping = Parameters<typeof keptLater>[0];

function keptLater(
  keeping: Record<(typeof KEPT_KINDS)[number], { days: number | null; actsAt: number }>,
  nowMs: number,
) {
  return KEPT_KINDS.filter((kind) => keeping[kind].actsAt > nowMs);
}

/** Times that were shortened and do not act yet. */
function ActsLater({ keeping }: { keeping: Keeping }) {
  const t = useTranslations('keeping');
  const format = useFormatter();
  const [nowMs] = useState(() => Date.now());
  return keptLater(keeping, nowMs).map((kind) => (
    <p key={kind} className="state care whitespace-normal">
      {t('later', {
        what: t(kind),
        days: keeping[kind].days ?? 0,
        date: format.dateTime(keeping[kind].actsAt, { dateStyle: 'medium' }),
      })}
    </p>
  ));
}
