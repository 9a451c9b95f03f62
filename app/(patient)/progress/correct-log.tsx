'use client';

import { dequal } from 'dequal/lite';
import { useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { OneAtATime } from '#client/device/one-at-a-time';
import type { Outbox } from '#client/device/outbox';
import { useModal } from '#client/device/use-modal';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { useDelivery } from '#client/practice/use-delivery';
import type { HistoryLog } from '#client/practice/use-log-history';
import { AnswerGrid } from '#components/form/answer-grid';
import { Problem, SelectField } from '#components/form/field';
import { type Details, LogDetails } from '#components/practice/log-details';
import { PainWords } from '#components/practice/pain-words';
import { judgeCorrection } from '#domain/practice/judgement';
import {
  CORRECTION_REASONS,
  correctionOf,
  type LogSet,
  logSchema,
  prescribedSets,
  SKIP_REASONS,
} from '#domain/practice/log';
import { RemoveLog } from './remove-log';

type CorrectLogProps = {
  log: HistoryLog;
  name: string;
  /** The rules for pain and the number to ring; null = not on this device yet. */
  day: Day | null;
  onSaved(what: 'saved' | 'removedNow'): void;
  onClose(): void;
};

type Why = (typeof CORRECTION_REASONS)[number];
type Corrected = { details: Details; pain: number | null; why: Why };

/** Numbers that a person changed are entered by hand; what the machine had counted stays beside them. */
function correctedSets(log: HistoryLog, { state, sets }: Details): LogSet[] {
  if (state === 'skipped') return [];
  // Partly done without a number claims none.
  if (sets === null) return state === 'done' ? prescribedSets(log.dose) : [];
  if (dequal(sets, log.sets)) return sets;
  return sets.map((set, index) => (dequal(set, log.sets[index]) ? set : { ...set, countedBy: 'hand' }));
}

function queueCorrection(outbox: Outbox, day: Day | null, log: HistoryLog, { details, pain, why }: Corrected) {
  const { state, comment } = details;
  const answer = day && judgeCorrection(day.history.policy, log, pain);
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
      saidAt: deviceNow(),
      shown,
    },
  });
  const opId = uuidv7();
  const input = { opId, practice: null, logs: [correction], clock: deviceClock() };
  return { opId, answer, stored: outbox.add('log', opId, input, { inForm: true }) };
}

/** A correction is a new entry that says why; the old one stays with the clinic. What is here by mistake is removed. */
export function CorrectLog({ log, name, day, onSaved, onClose }: CorrectLogProps) {
  const t = useTranslations('progress');
  const w = useTranslations('stop');
  const outbox = useHydratedOutbox();
  const dialog = useModal();
  const [said, setSaid] = useState<ReturnType<typeof queueCorrection> | null>(null);
  const [isRemoving, setIsRemoving] = useState(false);
  const delivery = useDelivery(outbox, said?.opId ?? null, said?.stored ?? null);
  const when = useWhen(log.performedTimeZone)(log.performedAt, 'full');
  const done = (what: 'saved' | 'removedNow') => {
    onSaved(what);
    onClose();
  };
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      className="grid max-h-[94dvh] w-full gap-5 overflow-y-auto"
      aria-label={t('correct')}
    >
      <div className="grid gap-1">
        <h2 className="text-[1.5rem] font-extrabold">{name}</h2>
        <p>{when}</p>
      </div>
      {said?.answer && day ? (
        <PainWords
          answer={said.answer}
          clinic={day.pack.clinic}
          delivery={delivery}
          closeLabel={w('done')}
          onClose={onClose}
        />
      ) : isRemoving ? (
        <RemoveLog log={log} onRemoved={() => done('removedNow')} onKeep={() => setIsRemoving(false)} />
      ) : (
        <>
          <CorrectForm
            log={log}
            day={day}
            onSaid={setSaid}
            onSaved={(queued) => {
              onSaved('saved');
              if (!isToBeRead(queued)) onClose();
            }}
            onClose={onClose}
          />
          <button type="button" className="btn plain" onClick={() => setIsRemoving(true)}>
            {t('mistake')}
          </button>
        </>
      )}
    </dialog>
  );
}

type Queued = ReturnType<typeof queueCorrection>;

const isToBeRead = ({ answer }: Queued) => answer !== null && answer.act !== 'go_on';

type CorrectFormProps = Pick<CorrectLogProps, 'log' | 'day' | 'onClose'> & {
  /** It means something that is read before this is closed. */
  onSaid(queued: Queued): void;
  /** It is on this device. */
  onSaved(queued: Queued): void;
};

function CorrectForm({ log, day, onSaid, onSaved, onClose }: CorrectFormProps) {
  const t = useTranslations('progress');
  const s = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const [pain, setPain] = useState<number | null>(log.pain);
  const [details, setDetails] = useState<Details>({
    state: log.state,
    reason: SKIP_REASONS.find((reason) => reason === log.reason) ?? null,
    effort: undefined,
    comment: log.comment ?? '',
    sets: log.sets.length > 0 ? log.sets : null,
  });
  const [why, setWhy] = useState<Why | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const [notKept, setNotKept] = useState(false);
  const saving = useRef<OneAtATime>(undefined);
  saving.current ??= new OneAtATime(() => performance.now());
  const lacksReason = details.state !== 'done' && details.reason === null;

  function save() {
    setIsAsked(true);
    if (outbox && why !== null && !lacksReason) saving.current?.run(() => correct(outbox, why), { leaves: true });
  }
  async function correct(queue: Outbox, chosen: Why) {
    const queued = queueCorrection(queue, day, log, { details, pain, why: chosen });
    if (isToBeRead(queued)) onSaid(queued);
    try {
      await queued.stored;
    } catch (problem) {
      setNotKept(true);
      throw problem;
    }
    onSaved(queued);
  }
  return (
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
      <SelectField
        label={t('why')}
        value={why ?? ''}
        problem={isAsked && why === null ? t('sayWhy') : null}
        onChange={(event) => setWhy(CORRECTION_REASONS.find((reason) => reason === event.target.value) ?? null)}
      >
        <option value="" />
        {CORRECTION_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`fix.${reason}`)}
          </option>
        ))}
      </SelectField>
      {isAsked && lacksReason ? (
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
  );
}
