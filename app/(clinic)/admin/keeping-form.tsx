'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import { SettingsForm } from '#components/form/settings-form';
import { editKeepingSchema, KEPT_KINDS } from '#domain/clinic/keeping';
import { decimalOf } from '#domain/input/decimal';

const FIELDS = [...KEPT_KINDS, 'originals', 'clipMegabytesADay', 'recordYears'] as const;
type Field = (typeof FIELDS)[number];

const NUMBERS = {
  originals: { min: 0, max: 365 },
  clipMegabytesADay: { min: 500, max: 100_000 },
  recordYears: { min: 0, max: 40 },
};

/** A number as typed; null where nothing was, and no number where it is none. */
function typed(form: FormData, name: Field): number | null {
  return decimalOf(String(form.get(name) ?? ''));
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
    <SettingsForm
      id="keeping"
      words={{ title: t('title'), lead: t('lead'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={submit}
      beforeSave={<ActsLater keeping={keeping} />}
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
    </SettingsForm>
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
  const when = useWhen(null);
  const [nowMs] = useState(() => deviceNow());
  return keptLater(keeping, nowMs).map((kind) => (
    <p key={kind} className="state care whitespace-normal">
      {t('later', {
        what: t(kind),
        days: keeping[kind].days ?? 0,
        date: when(keeping[kind].actsAt, 'date'),
      })}
    </p>
  ));
}
