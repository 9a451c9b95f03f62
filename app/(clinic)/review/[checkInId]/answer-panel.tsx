'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '#client/say';
import { problemOf, useTRPC } from '#client/trpc';
import { Problem, TextArea } from '#components/field';
import { Stepper } from '#components/stepper';
import { type Dose, doseChanges, doseSentence } from '#domain/dose';
import type { CheckIn, Claim } from './review-desk';

/** The answer in words, the tags as instructions, the next dose; one press publishes all of it. */
export function AnswerPanel({ checkIn, claim }: { checkIn: CheckIn; claim: Claim }) {
  const t = useTranslations('review');
  const say = useSay();
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { context } = checkIn;
  const program = context?.program ?? null;
  const [summary, setSummary] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [dose, setDose] = useState<Dose | null>(program?.dose ?? null);
  const publish = useMutation(
    trpc.reviews.publish.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        router.push('/review');
      },
    }),
  );
  const changed = program && dose ? doseChanges(program.dose, dose).length > 0 : false;

  function send(outcome: 'feedback' | 'redo') {
    publish.mutate({
      checkInId: claim.checkInId,
      leaseToken: claim.leaseToken,
      summary,
      outcome,
      errorTags: tags,
      doseChanges: changed && program && dose ? [{ lineageId: program.prescription.lineageId, dose }] : [],
      expectedProgramVersion: changed && program ? program.version : null,
    });
  }
  return (
    <aside className="grid content-start gap-5 p-5">
      {context && context.errorTags.length > 0 ? (
        <fieldset className="grid gap-2">
          <legend className="label mb-2">{t('tags')}</legend>
          {context.errorTags.map((tag) => (
            <label key={tag.code} className="flex min-h-8 items-center gap-2.5">
              <input
                type="checkbox"
                className="size-5"
                checked={tags.includes(tag.code)}
                onChange={(event) =>
                  setTags(event.target.checked ? [...tags, tag.code] : tags.filter((code) => code !== tag.code))
                }
              />
              {tag.labelPatient}
            </label>
          ))}
        </fieldset>
      ) : null}
      <TextArea
        label={t('reply', { name: context?.patient?.name.split(' ')[0] ?? '' })}
        rows={5}
        value={summary}
        maxLength={4000}
        onChange={(event) => setSummary(event.target.value)}
      />
      {program && dose ? (
        <section className="card grid gap-3 border-2 border-action-ink p-4" aria-label={t('dose')}>
          <h2 className="section-title">{t('dose')}</h2>
          <div className="grid grid-cols-2 gap-3">
            <Stepper
              label={t('hold')}
              unit={t('seconds')}
              value={dose.holdSeconds}
              min={0}
              max={600}
              was={dose.holdSeconds === program.dose.holdSeconds ? null : t('was', { value: program.dose.holdSeconds })}
              onChange={(holdSeconds) =>
                setDose({ ...dose, holdSeconds, tempo: { ...dose.tempo, holdSeconds: Math.min(60, holdSeconds) } })
              }
            />
            <Stepper
              label={t('reps')}
              value={dose.repsMin}
              min={1}
              max={100}
              was={dose.repsMin === program.dose.repsMin ? null : t('was', { value: program.dose.repsMin })}
              onChange={(reps) => setDose({ ...dose, repsMin: reps, repsMax: reps })}
            />
            <Stepper
              label={t('sets')}
              value={dose.sets}
              min={1}
              max={10}
              was={dose.sets === program.dose.sets ? null : t('was', { value: program.dose.sets })}
              onChange={(sets) => setDose({ ...dose, sets })}
            />
          </div>
          <p className="muted">{t('reads', { dose: say(doseSentence(dose)) })}</p>
        </section>
      ) : null}
      <Problem reason={publish.error ? problemOf(publish.error).reason : null} />
      <button
        type="button"
        className="btn primary min-h-14"
        aria-disabled={summary.trim() === ''}
        aria-busy={publish.isPending}
        onClick={() => summary.trim() !== '' && send('feedback')}
      >
        {publish.isPending ? t('publishing') : t('publish')}
      </button>
      <button
        type="button"
        className="btn quiet"
        aria-disabled={summary.trim() === ''}
        onClick={() => summary.trim() !== '' && send('redo')}
      >
        {t('redo')}
      </button>
    </aside>
  );
}
