'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useSay } from '#client/say';
import { problemOf, useTRPC } from '#client/trpc';
import type { VisitStage } from '#client/visit-stage';
import { Problem, TextArea } from '#components/field';
import { Stepper } from '#components/stepper';
import { type Dose, doseChanges, doseSentence } from '#domain/dose';
import type { CheckIn, Claim } from './review-desk';

type PanelProps = {
  checkIn: CheckIn;
  claim: Claim;
  stage: VisitStage;
  /** Why the claim could not be kept; a key of `failure.*`. */
  claimProblem: string | null;
};

/** Long enough not to send each letter, short enough to lose no sentence. */
const DRAFT_AFTER_MS = 800;

/** Keeps the answer on the server while it is written; a reload goes on from there. */
function useKeptDraft(claim: Claim, draft: { summary: string; errorTags: string[] }, paused: boolean) {
  const trpc = useTRPC();
  const { mutate, error } = useMutation(trpc.reviews.saveDraft.mutationOptions({ scope: { id: claim.reviewId } }));
  const latest = useRef(draft);
  latest.current = draft;
  const kept = useRef(JSON.stringify(draft));
  const written = JSON.stringify(draft);
  useEffect(() => {
    if (paused || written === kept.current) return;
    const timer = setTimeout(() => {
      kept.current = written;
      const { checkInId, leaseToken } = claim;
      mutate({ checkInId, leaseToken, ...latest.current, outcome: 'feedback' });
    }, DRAFT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [written, claim, mutate, paused]);
  return error;
}

/** The answer in words, the tags as instructions, the next dose; one press publishes all of it. */
export function AnswerPanel({ checkIn, claim, stage, claimProblem }: PanelProps) {
  const t = useTranslations('review');
  const say = useSay();
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { context } = checkIn;
  const program = context?.program ?? null;
  const begun = checkIn.reviews.find((review) => review.id === claim.reviewId);
  const [summary, setSummary] = useState(begun?.summary ?? '');
  const [tags, setTags] = useState<readonly string[]>(begun?.errorTags ?? []);
  const unsaved = useSyncExternalStore(stage.subscribe, stage.snapshot, stage.snapshot).unsavedOpIds.size;
  const [dose, setDose] = useState<Dose | null>(program?.dose ?? null);
  const publish = useMutation(
    trpc.reviews.publish.mutationOptions({
      // In one line with the drafts: one that is on its way must not arrive after the review is out.
      scope: { id: claim.reviewId },
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        router.push('/review');
      },
    }),
  );
  const changed = program && dose ? doseChanges(program.dose, dose).length > 0 : false;

  const draftProblem = useKeptDraft(claim, { summary, errorTags: [...tags] }, publish.isPending || publish.isSuccess);
  const ready = summary.trim() !== '' && unsaved === 0 && !publish.isPending;
  const problem = publish.error ?? draftProblem;

  function send(outcome: 'feedback' | 'redo') {
    if (!ready) return;
    publish.mutate({
      checkInId: claim.checkInId,
      leaseToken: claim.leaseToken,
      summary,
      outcome,
      errorTags: [...tags],
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
      <Problem reason={problem ? problemOf(problem).reason : claimProblem} />
      {unsaved > 0 ? <p className="muted">{t('drawingsOnTheWay')}</p> : null}
      <button
        type="button"
        className="btn primary min-h-14"
        aria-disabled={!ready}
        aria-busy={publish.isPending}
        onClick={() => send('feedback')}
      >
        {publish.isPending ? t('publishing') : t('publish')}
      </button>
      <button type="button" className="btn quiet" aria-disabled={!ready} onClick={() => send('redo')}>
        {t('redo')}
      </button>
    </aside>
  );
}
