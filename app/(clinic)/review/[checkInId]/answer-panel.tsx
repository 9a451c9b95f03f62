'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState, useSyncExternalStore } from 'react';
import type { DrawingBoard } from '#client/annotation/board';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { type JustAnswered, noteAnswered } from '#client/review/just-answered';
import type { CheckIn, ShownClip } from '#client/review/use-shown-clip';
import type { TagMarks } from '#client/review/use-tag-marks';
import { TextArea } from '#components/form/field';
import { SavedState } from '#components/form/saved-text';
import { RaiseReasonField, useRaiseReason } from '#components/practice/raise-reason';
import {
  prescribes,
  RestrictionReasonField,
  useRestrictionReason,
  withDose,
} from '#components/record/restriction-reason';
import type { Mark } from '#domain/annotation/mark';
import { visibleMarks } from '#domain/annotation/state';
import { type Dose, doseChanges } from '#domain/program/dose';
import { raisesDose } from '#domain/program/raise';
import type { DraftDose } from '#domain/review/answer';
import { DoseChange } from './dose-change';
import { PublishPart } from './publish-part';
import { SkipCheckIn } from './skip-check-in';
import { TagChoice } from './tag-choice';
import type { Claim, DeskClaim } from './use-claim';
import { useKeptAnswer } from './use-kept-answer';

type PanelProps = {
  checkIn: CheckIn;
  claim: Claim;
  desk: DeskClaim;
  board: DrawingBoard;
  /** Null where no clip can be played. */
  shown: ShownClip | null;
  tagMarks: TagMarks;
  side: Mark['side'];
};

/** Answer, marks, dose and notice go out in one act; then the next check-in. */
function usePublish(
  claim: Claim,
  { ending }: DeskClaim,
  sent: () => Pick<JustAnswered, 'name' | 'drawings' | 'exercise'>,
) {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.reviews.publish.mutationOptions({
      scope: { id: claim.reviewId },
      onMutate: () => ending(true),
      onError: () => ending(false),
      onSuccess: async (_published, { outcome, summary, doseChanges: [change] }) => {
        const { name, drawings, exercise } = sent();
        const newDose = change?.dose ?? null;
        noteAnswered({ name, drawings, outcome, summary, exercise: exercise && { ...exercise, newDose } });
        await queryClient.invalidateQueries();
        router.push('/review');
      },
    }),
  );
}

/** The dose that is being changed, unless a colleague has published another version since. */
function doseOf({ context }: CheckIn, kept: DraftDose | null): Dose | null {
  const program = context?.program ?? null;
  return kept && kept.programVersion === program?.version ? kept.dose : (program?.dose ?? null);
}

/** The answer in words, the tags as instructions, the next dose; one press publishes all of it. */
export function AnswerPanel({ checkIn, claim, desk, board, shown, tagMarks, side }: PanelProps) {
  const t = useTranslations('review');
  const { context } = checkIn;
  const program = context?.program ?? null;
  const begun = checkIn.reviews.find((review) => review.id === claim.reviewId) ?? null;
  const tags = checkIn.exercise?.errorTags ?? [];
  const { unsavedOpIds, refusedOpIds } = useSyncExternalStore(board.subscribe, board.snapshot, board.snapshot);
  const unsaved = unsavedOpIds.size;
  const [skipping, setSkipping] = useState(false);
  const publish = usePublish(claim, desk, () => ({
    name: context?.patient?.name ?? '',
    drawings: visibleMarks(board.snapshot().annotations).length,
    exercise: checkIn.exercise?.name ? { name: checkIn.exercise.name, newDose: null } : null,
  }));
  const publishOnce = useOneAtATime(publish, { leaves: true });
  const over = desk.lost || skipping || publish.isPending || publish.isSuccess;
  const kept = useKeptAnswer({ claim, begun, over, isPublished: publish.isSuccess, holding: unsaved > 0 });
  const { summary, errorTags: codes, draftDose } = kept.value;
  // A drawing is kept at once and the answer a moment later: a tag on a frame is chosen in any case.
  const chosen = [...new Set([...codes, ...tagMarks.placed.map((mark) => mark.code)])];
  const dose = doseOf(checkIn, draftDose);
  const setDose = (next: Dose) => {
    const isChanged = program && doseChanges(program.dose, next).length > 0;
    kept.change({ ...kept.value, draftDose: isChanged ? { programVersion: program.version, dose: next } : null });
  };
  const changed = program && dose ? doseChanges(program.dose, dose).length > 0 : false;
  const raise = useRaiseReason({
    patientId: checkIn.patientId,
    isRaised: program && dose ? raisesDose(program.dose, dose) : false,
    refusal: publish.error ? problemOf(publish.error).reason : null,
  });
  const lineageId = program?.prescription.lineageId ?? '';
  const restricted = useRestrictionReason({
    ...{ patientId: checkIn.patientId, isPublishing: changed },
    ...{ find: prescribes(lineageId), next: withDose(lineageId, dose) },
    refusal: publish.error ? problemOf(publish.error).reason : null,
  });

  const isBlank = summary.trim() === '';
  const ready = !isBlank && unsaved === 0 && kept.newer === null && !over;
  const [isPressed, setPressed] = useState(false);
  const reply = useRef<HTMLDivElement>(null);

  function send(outcome: 'feedback' | 'redo') {
    setPressed(!ready);
    if (isBlank) reply.current?.querySelector('textarea')?.focus();
    const raised = ready && raise.answer();
    const broken = ready && restricted.answer();
    if (!raised || !broken) return;
    publishOnce({
      checkInId: claim.checkInId,
      leaseToken: claim.leaseToken,
      summary,
      outcome,
      errorTags: chosen,
      doseChanges: changed && program && dose ? [{ lineageId, dose }] : [],
      expectedProgramVersion: changed && program ? program.version : null,
      ...raised,
      ...broken,
    });
  }
  return (
    <>
      {tags.length > 0 ? (
        <TagChoice
          tags={tags}
          chosen={chosen}
          onChoose={(errorTags) => kept.change({ ...kept.value, errorTags })}
          tagMarks={tagMarks}
          shown={shown}
          side={side}
        />
      ) : null}
      <div ref={reply}>
        <TextArea
          label={t('reply', { name: context?.patient?.name ?? '' })}
          rows={5}
          value={summary}
          maxLength={4000}
          problem={isPressed && isBlank && !over ? t('replyMissing') : null}
          onChange={(event) => kept.change({ ...kept.value, summary: event.target.value })}
        />
      </div>
      {/* Of a claim that is lost nothing is saved any more; that is said below. */}
      {desk.lost ? null : <SavedState saved={kept} show={(answer) => answer.summary} />}
      {program && dose ? <DoseChange before={program.dose} dose={dose} onChange={setDose} /> : null}
      <RaiseReasonField raise={raise} />
      <RestrictionReasonField reason={restricted} />
      <PublishPart
        reason={publish.error ? problemOf(publish.error).reason : desk.problem}
        refused={refusedOpIds.size}
        isWaiting={unsaved > 0 && !desk.lost}
        isUndecided={kept.newer !== null && !desk.lost}
        {...{ isPressed, ready }}
        isPending={publish.isPending}
        onSend={send}
      />
      <SkipCheckIn
        claim={claim}
        ready={unsaved === 0 && !over}
        onBefore={() => void kept.flush()}
        ending={(isEnding) => {
          setSkipping(isEnding);
          desk.ending(isEnding);
        }}
      />
    </>
  );
}
