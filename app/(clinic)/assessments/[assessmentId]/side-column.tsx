'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem, TextArea } from '#components/form/field';
import { Stepper } from '#components/form/stepper';
import { openCells } from '#domain/record/assessment';
import { addDays } from '#domain/time/local-day';
import { idOf } from './field-input';
import type { PartProps } from './part-props';
import { entriesOf } from './parts-nav';

/** Four weeks: a default, not a recommendation. */
const NEXT_WEEKS = 4;
const SHOWN = 8;

/** What is open, when the next one is due, and signing. */
export function SideColumn(props: PartProps) {
  return (
    <aside className="grid min-w-0 content-start gap-5 xl:sticky xl:top-4">
      <OpenSoFar {...props} />
      <SignForm {...props} />
    </aside>
  );
}

function OpenSoFar({ assessment, words }: PartProps) {
  const t = useTranslations('assessment');
  const m = useTranslations('measures');
  const { sections, fieldOf } = assessment;
  const entries = new Map(sections.flatMap((section) => [...entriesOf(section, fieldOf)]));
  const open = openCells(sections, entries);
  return (
    <section className="card grid gap-2 p-4" aria-labelledby="open">
      <h2 id="open" className="section-title">
        {t('open', { count: open.length })}
      </h2>
      <p className="muted small">{open.length === 0 ? t('nothingOpen') : t('mayStayOpen')}</p>
      <ul className="grid">
        {open.slice(0, SHOWN).map(({ cell, left }) => {
          const field = fieldOf(cell);
          const whose = cell.digit ? m(`digit.${cell.digit}`) : cell.side ? m(`sideName.${cell.side}`) : '';
          const name = [m(`kind.${cell.kind}`), cell.site ? words.site(cell.site) : '', whose]
            .filter(Boolean)
            .join(', ');
          return (
            <li key={field.key} className="flex items-center justify-between gap-2 border-line border-b py-1">
              <span className="min-w-0">{left > 1 ? t('openTrials', { name, left }) : name}</span>
              <a
                href={`#${idOf(field.key)}`}
                className="btn quiet min-h-12"
                aria-label={t('goTo', { name })}
                onClick={(event) => {
                  event.preventDefault();
                  const element = document.getElementById(idOf(field.key));
                  element?.scrollIntoView({ block: 'center' });
                  element?.focus({ preventScroll: true });
                }}
              >
                {t('go')}
              </a>
            </li>
          );
        })}
      </ul>
      {open.length > SHOWN ? <p className="muted small">{t('moreOpen', { count: open.length - SHOWN })}</p> : null}
    </section>
  );
}

function SignForm({ assessment, patientId, assessmentId }: PartProps) {
  const t = useTranslations('assessment');
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const dayName = useDayName();
  const [weeks, setWeeks] = useState(NEXT_WEEKS);
  const [note, setNote] = useState(assessment.data.assessment.note);
  const [isSending, setSending] = useState(false);
  const [hindered, setHindered] = useState<'notSent' | 'writtenMeanwhile' | null>(null);
  const opId = useRef(uuidv7());
  const { localOn } = assessment.data.assessment;
  const nextDueOn = weeks === 0 ? null : addDays(localOn, weeks * 7);
  const again = () => queryClient.invalidateQueries();
  const sign = useMutation(
    trpc.assessments.sign.mutationOptions({
      onSuccess: again,
      onError: async (error) => {
        if (problemOf(error).reason !== 'unreachable') opId.current = uuidv7();
        await again();
      },
    }),
  );
  const discard = useMutation(
    trpc.assessments.discard.mutationOptions({
      onSuccess: async () => {
        await again();
        router.push(`/patients/${patientId}/measurements`);
      },
    }),
  );

  async function submit() {
    if (isSending || sign.isPending) return;
    setSending(true);
    setHindered(null);
    try {
      // What is on this device alone would be missing.
      if (!(await assessment.sendAll())) return setHindered('notSent');
      const seen = new Set(assessment.data.cells.map(({ entryId }) => entryId));
      const now = await queryClient.fetchQuery({
        ...trpc.assessments.get.queryOptions({ assessmentId }),
        staleTime: 0,
      });
      const isUnseen = now.cells.some(({ entryId }) => !seen.has(entryId) && !assessment.sent.has(entryId));
      if (isUnseen) return setHindered('writtenMeanwhile');
      sign.mutate({ opId: opId.current, assessmentId, patientId, seenEntries: now.entries, note, nextDueOn });
    } catch {
      setHindered('notSent');
    } finally {
      setSending(false);
    }
  }

  return (
    <form
      className="card grid gap-4 p-4"
      aria-labelledby="next"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2 id="next" className="section-title">
        {t('next')}
      </h2>
      <Stepper label={t('nextIn')} value={weeks} min={0} max={52} unit={t('weeks', { weeks })} onChange={setWeeks} />
      <p className="muted small">{nextDueOn === null ? t('noNext') : t('nextOn', { day: dayName(nextDueOn) })}</p>
      <TextArea label={t('note')} maxLength={4000} value={note} onChange={({ target }) => setNote(target.value)} />
      {hindered ? (
        <p role="alert" className="problem">
          {t(hindered)}
        </p>
      ) : null}
      <Problem reason={sign.error ? problemOf(sign.error).reason : null} />
      <button type="submit" className="btn primary xl" aria-busy={sign.isPending || isSending}>
        {sign.isPending || isSending ? t('signing') : t('sign')}
      </button>
      <ConfirmedDelete
        label={t('discard')}
        question={t('discardAsk')}
        yes={t('discardYes')}
        onDelete={() => discard.mutate({ patientId, assessmentId })}
      />
    </form>
  );
}
