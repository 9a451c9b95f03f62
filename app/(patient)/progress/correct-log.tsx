'use client';

import { dequal } from 'dequal/lite';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { OneAtATime } from '#client/device/one-at-a-time';
import type { Outbox } from '#client/device/outbox';
import type { Day } from '#client/practice/day-pack';
import { useDelivery } from '#client/practice/use-delivery';
import type { HistoryLog } from '#client/practice/use-log-history';
import { AnswerGrid } from '#components/form/answer-grid';
import { Problem, TextField } from '#components/form/field';
import { type Details, LogDetails } from '#components/practice/log-details';
import { PainWords } from '#components/practice/pain-words';
import { judgePain } from '#domain/practice/judgement';
import { correctionOf, type LogSet, logSchema, prescribedSets, SKIP_REASONS } from '#domain/practice/log';
import type { PainAnswer } from '#domain/practice/pain-policy';

type CorrectLogProps = {
  log: HistoryLog;
  name: string;
  /** The rules for pain and the number to ring; null = not on this device yet. */
  day: Day | null;
  onSaved(): void;
  onClose(): void;
};

type Corrected = { details: Details; pain: number | null; why: string };

/** Numbers that a person changed are entered by hand; what the machine had counted stays beside them. */
function correctedSets(log: HistoryLog, { state, sets }: Details): LogSet[] {
  if (state === 'skipped') return [];
  if (sets === null) return prescribedSets(log.dose);
  if (dequal(sets, log.sets)) return sets;
  return sets.map((set) => ({ ...set, countedBy: 'hand' }));
}

function queueCorrection(outbox: Outbox, day: Day | null, log: HistoryLog, { details, pain, why }: Corrected) {
  const { state, comment } = details;
  const answer = day && painMeans(day, log, pain);
  const shown = day && answer ? { zone: answer.zone, policyVersion: day.pack.painPolicy.version } : undefined;
  const before = logSchema.parse(log);
  const correction = correctionOf(before, {
    id: uuidv7(),
    correctionReason: why,
    source: before.source,
    values: {
      state,
      reason: state === 'done' ? null : details.reason,
      pain,
      comment: comment.trim() === '' ? null : comment.trim(),
      sets: correctedSets(log, details),
      saidAt: Date.now(),
      shown,
    },
  });
  const opId = uuidv7();
  const input = { opId, practice: null, logs: [correction] };
  return { opId, answer, stored: outbox.add('log', opId, input, { inForm: true }) };
}

/** What newly said pain means, by the clinic's rules and what was usual before; null where it is the pain that was said before. */
function painMeans({ history }: Day, log: HistoryLog, pain: number | null): PainAnswer | null {
  if (pain === log.pain) return null;
  return judgePain({ pain, redFlags: [], prescriptionLimit: log.dose.painLimit, atMs: log.performedAt }, history);
}

/** A correction is a new entry that says why; the old one stays with the clinic. */
export function CorrectLog({ log, name, day, onSaved, onClose }: CorrectLogProps) {
  const t = useTranslations('progress');
  const s = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const sheet = useRef<HTMLDialogElement>(null);
  const [pain, setPain] = useState<number | null>(log.pain);
  const [details, setDetails] = useState<Details>({
    state: log.state,
    reason: SKIP_REASONS.find((reason) => reason === log.reason) ?? null,
    effort: undefined,
    comment: log.comment ?? '',
    sets: log.sets.length > 0 ? log.sets : null,
  });
  const [why, setWhy] = useState('');
  const [missing, setMissing] = useState<'chooseReason' | 'sayWhy' | null>(null);
  const [said, setSaid] = useState<ReturnType<typeof queueCorrection> | null>(null);
  const [notKept, setNotKept] = useState(false);
  const delivery = useDelivery(outbox, said?.opId ?? null, said?.stored ?? null);
  const saving = useRef<OneAtATime>(undefined);
  saving.current ??= new OneAtATime(() => performance.now());
  useEffect(() => sheet.current?.showModal(), []);

  function save() {
    if (details.state !== 'done' && details.reason === null) return setMissing('chooseReason');
    if (why.trim() === '') return setMissing('sayWhy');
    if (outbox) saving.current?.run(() => correct(outbox), { leaves: true });
  }
  async function correct(queue: Outbox) {
    const queued = queueCorrection(queue, day, log, { details, pain, why: why.trim() });
    const isSaid = queued.answer !== null && queued.answer.act !== 'go_on';
    if (isSaid) setSaid(queued);
    try {
      await queued.stored;
    } catch (problem) {
      setNotKept(!isSaid);
      throw problem;
    }
    onSaved();
    if (!isSaid) onClose();
  }

  return (
    <dialog
      ref={sheet}
      onClose={onClose}
      className="grid max-h-[94dvh] w-full gap-5 overflow-y-auto"
      aria-label={t('correct')}
    >
      <h2 className="text-[1.5rem] font-extrabold">{name}</h2>
      {said?.answer && day ? (
        <PainWords
          answer={said.answer}
          clinic={day.pack.clinic}
          delivery={delivery}
          closeLabel={s('close')}
          onClose={onClose}
        />
      ) : (
        <>
          <AnswerGrid
            legend={s('pain')}
            name="pain"
            low={s('painLow')}
            high={s('painHigh')}
            value={pain}
            onChange={setPain}
          />
          <LogDetails dose={log.dose} details={details} onChange={setDetails} open askEffort={false} />
          <TextField
            label={t('why')}
            hint={t('whyHint')}
            value={why}
            maxLength={300}
            required
            problem={missing === 'sayWhy' && why.trim() === '' ? t('sayWhy') : null}
            onChange={(event) => setWhy(event.target.value)}
          />
          {missing === 'chooseReason' && details.reason === null ? (
            <p role="alert" className="problem">
              {s('chooseReason')}
            </p>
          ) : null}
          <Problem reason={notKept ? 'device_full' : null} />
          <button type="button" className="btn primary xl" onClick={save}>
            {s('save')}
          </button>
          <button type="button" className="btn plain" onClick={onClose}>
            {s('cancel')}
          </button>
        </>
      )}
    </dialog>
  );
}
