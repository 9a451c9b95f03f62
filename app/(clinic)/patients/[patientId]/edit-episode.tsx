'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useGaps } from '#client/device/use-gaps';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, TextArea, TextField } from '#components/form/field';
import { RaiseReasonField, useRaiseReason } from '#components/practice/raise-reason';
import { RestrictionReasonField, useRestrictionReason } from '#components/record/restriction-reason';
import { editEpisodeSchema, OTHER_HAND, type OtherHand } from '#domain/people/patient';
import { textOf, textOrNull } from '../fields';

export type Episode = Outputs['patients']['get']['episodes'][number];

/** Stable, so that React calls it once: when the form takes the button's place. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus();

/** Corrects a hand problem: what it is, which hand, when it happened, and what to spare. */
export function EditEpisode({
  patientId,
  episode,
  onClose,
}: {
  patientId: string;
  episode: Episode;
  onClose: (how: 'kept' | 'saved') => void;
}) {
  const t = useTranslations('patients.new');
  const r = useTranslations('patients.record');
  const d = useTranslations('patientDetails');
  const f = useTranslations('form');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [side, setSide] = useState(episode.side);
  const gaps = useGaps();
  const edit = useMutation(
    trpc.patients.editEpisode.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        onClose('saved');
      },
    }),
  );
  const refusal = edit.error ? problemOf(edit.error).reason : null;
  const [what, setWhat] = useState<OtherHand['what'] | null>(null);
  /** The server knows the programs, and says when there is something to decide. */
  const [isAsked, setAsked] = useState(false);
  if (refusal === 'other_hand' && !isAsked) setAsked(true);
  const isOther = isAsked && side !== episode.side;
  const moving = useMovingReasons({ patientId, isMoved: isOther && what === 'move', refusal });
  const problemIn = (field: string) => (gaps.has(field) ? f('check') : null);

  function submit(element: HTMLFormElement) {
    const form = new FormData(element);
    const said = moving.answer();
    if (!said) return;
    const parsed = editEpisodeSchema.safeParse({
      patientId,
      episodeId: episode.id,
      side,
      condition: textOf(form, 'condition'),
      injuryOn: textOrNull(form, 'injuryOn'),
      surgeryOn: textOrNull(form, 'surgeryOn'),
      precautions: textOf(form, 'precautions'),
      otherHand: isOther && what ? { what, reason: r('otherHand.reason', { side }), ...said } : null,
    });
    gaps.show(parsed.error?.issues.map((issue) => String(issue.path[0])) ?? [], element);
    if (parsed.success) edit.mutate(parsed.data);
  }

  return (
    // The browser keeps what was typed; an action would clear it when a field is refused.
    <form
      ref={focusFirst}
      className="card mt-2 grid gap-4 p-4 md:grid-cols-2"
      aria-label={r('episode')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onChange={gaps.mend}
    >
      <TextField
        label={t('condition')}
        name="condition"
        defaultValue={episode.conditionText}
        maxLength={160}
        required
        problem={problemIn('condition')}
      />
      <Segments
        legend={t('side')}
        name={`side-${episode.id}`}
        value={side}
        choices={(['left', 'right', 'both'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={setSide}
      />
      <TextField
        label={t('injuryOn')}
        name="injuryOn"
        type="date"
        defaultValue={episode.injuryOn ?? ''}
        problem={problemIn('injuryOn')}
      />
      <TextField
        label={t('surgeryOn')}
        name="surgeryOn"
        type="date"
        defaultValue={episode.surgeryOn ?? ''}
        problem={problemIn('surgeryOn')}
      />
      <div className="md:col-span-2">
        <TextArea
          label={t('precautions')}
          name="precautions"
          hint={t('precautionsHint')}
          defaultValue={episode.precautionsText}
          maxLength={2000}
          problem={problemIn('precautions')}
        />
      </div>
      {isOther ? (
        <OtherHandChoice what={what} onChoose={setWhat}>
          <RaiseReasonField raise={moving.raise} />
          <RestrictionReasonField reason={moving.restricted} />
        </OtherHandChoice>
      ) : null}
      <Problem reason={refusal} />
      <div className="flex flex-wrap gap-2 md:col-span-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={edit.isPending}>
          {edit.isPending ? d('saving') : r('saveEpisode')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={() => onClose('kept')}>
          {d('cancel')}
        </button>
      </div>
    </form>
  );
}

type Moving = { patientId: string; isMoved: boolean; refusal: string | null };

/** Why exercises may move to a hand that was spared, or that is restricted. */
function useMovingReasons({ patientId, isMoved, refusal }: Moving) {
  const raise = useRaiseReason({ patientId, isRaised: isMoved, refusal });
  // Which exercises move, the server knows: it says when they break what is restricted.
  const none = { find: () => false, next: () => [] };
  const restricted = useRestrictionReason({ patientId, isPublishing: isMoved, refusal, ...none });
  return {
    ...{ raise, restricted },
    answer() {
      const raised = raise.answer();
      const broken = raised && restricted.answer();
      return raised && broken ? { ...raised, ...broken } : false;
    },
  };
}

type OtherHandProps = { what: OtherHand['what'] | null; onChoose(what: OtherHand['what']): void; children: ReactNode };

/** Nothing is chosen beforehand: a therapist knows whether the hand was written down wrongly, or the program was. */
function OtherHandChoice({ what, onChoose, children }: OtherHandProps) {
  const t = useTranslations('patients.record.otherHand');
  return (
    <fieldset className="grid gap-2 md:col-span-2">
      <legend className="label mb-2">{t('legend')}</legend>
      {OTHER_HAND.map((one) => (
        <label key={one} className="flex min-h-12 items-center gap-3">
          <input type="radio" name="otherHand" checked={what === one} onChange={() => onChoose(one)} />
          {t(one)}
        </label>
      ))}
      {children}
    </fieldset>
  );
}
