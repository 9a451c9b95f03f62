'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { TextArea, TextField } from '#components/form/field';
import { SettingsForm } from '#components/form/settings-form';
import { type Barrier, barriersSchema, isKnownBarrier } from '#domain/practice/barriers';

type Row = { code: Barrier['code']; words: string; suggestion: string };

/** What patients may pick as hard at home, and what they are told first. */
export function BarriersForm() {
  const t = useTranslations('barriersForm');
  const own = useTranslations('barriers');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [version, setVersion] = useState(clinic.barriers.version);
  const ofRegrasp = (code: string, part: 'words' | 'suggestion') =>
    isKnownBarrier(code) ? own(`${code}.${part}`) : '';
  const [rows, setRows] = useState<Row[]>(() =>
    clinic.barriers.items.map(({ code, words, suggestion }) => ({
      code,
      words: words ?? ofRegrasp(code, 'words'),
      suggestion: suggestion ?? ofRegrasp(code, 'suggestion'),
    })),
  );
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const edit = useMutation(
    trpc.clinic.editBarriers.mutationOptions({
      onSuccess: ({ barriers }) => {
        setVersion(barriers.version);
        return queryClient.invalidateQueries();
      },
    }),
  );

  function submit(form: FormData) {
    // Left as Regrasp has it, it is read in each reader's language.
    const typed = (code: string, part: 'words' | 'suggestion') => {
      const text = String(form.get(`${code} ${part}`) ?? '').trim();
      return text === ofRegrasp(code, part) ? null : text;
    };
    const items = rows.map(({ code }) => ({
      code,
      words: typed(code, 'words'),
      suggestion: typed(code, 'suggestion'),
    }));
    const parsed = barriersSchema.safeParse({ version, items });
    setWrong(new Set(parsed.error?.issues.map(({ path }) => rows[Number(path[1])]?.code ?? '')));
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }
  return (
    <SettingsForm
      id="barriers"
      words={{ title: t('title'), lead: t('lead'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={submit}
    >
      <ul className="grid gap-5 md:col-span-3">
        {rows.map(({ code, words, suggestion }, n) => (
          <li key={code} className="grid items-start gap-3 md:grid-cols-[1fr_2fr_auto]">
            <TextField
              label={t('words', { number: n + 1 })}
              name={`${code} words`}
              maxLength={120}
              defaultValue={words}
              problem={wrong.has(code) ? t('problem') : null}
            />
            <TextArea
              label={t('suggestion', { number: n + 1 })}
              name={`${code} suggestion`}
              maxLength={400}
              rows={2}
              defaultValue={suggestion}
            />
            <button
              type="button"
              className="btn quiet min-h-12 w-fit md:mt-7"
              aria-label={t('removeNamed', { number: n + 1 })}
              onClick={() => setRows(rows.filter((row) => row.code !== code))}
            >
              {t('remove')}
            </button>
          </li>
        ))}
      </ul>
      {rows.length < 20 ? (
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          onClick={() => setRows([...rows, { code: uuidv7(), words: '', suggestion: '' }])}
        >
          {t('add')}
        </button>
      ) : null}
    </SettingsForm>
  );
}
