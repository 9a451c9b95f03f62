'use client';

import { Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { OneAtATime } from '#client/device/one-at-a-time';
import type { Outbox } from '#client/device/outbox';
import { useSay } from '#client/device/say';
import { useModal } from '#client/device/use-modal';
import { useTranslations } from '#client/device/words/translations';
import type { Counted } from '#client/practice/counted';
import type { Day } from '#client/practice/day-pack';
import { type Answers, type Recorded, recordLog } from '#client/practice/record-log';
import { showSaved } from '#client/practice/saved-now';
import { AnswerGrid } from '#components/form/answer-grid';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';
import { loggedLately } from '#domain/practice/day-logs';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { Log } from '#domain/practice/log';
import { stateOfCounted } from '#domain/practice/run';
import { doseSentence } from '#domain/program/dose-words';
import { MINUTE_MS } from '#domain/time/duration';
import { AfterLog } from './after-log';
import { useCountedWords } from './counted-words';
import { type Details, LogDetails } from './log-details';

type LogSheetProps = {
  day: Day;
  prescription: PackPrescription;
  /** With its side: how it is called where several stand on a page. */
  name: string;
  slot: number | null;
  source: Log['source'];
  /** What the player counted, to be corrected here; null = as prescribed. */
  counted?: Counted | null;
  firstState?: Log['state'];
  /** It was stopped by a mistake: on with it. */
  onGoOn?: (() => void) | undefined;
  onSaved?(): void;
  onDelete?(): void;
  onClose(): void;
};

/** Three taps: "Done as prescribed" opened it, then pain, then Save. Details fold out. */
export function LogSheet({
  day,
  prescription,
  name,
  counted = null,
  onGoOn,
  onSaved,
  onClose,
  ...sheet
}: LogSheetProps) {
  const t = useTranslations('logSheet');
  const dialog = useModal();
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  /** What took its place where the pain was a slip. */
  const [instead, setInstead] = useState<Recorded | null>(null);
  /** As it was when the sheet was opened: what is saved here changes the day. */
  const [before, setBefore] = useState(() =>
    loggedLately(day.logs, { lineageId: prescription.lineageId, atMs: counted?.endedAt ?? deviceNow() }),
  );

  /** Shown on Today once this is closed, with the way to take it back. */
  function announce({ log, answer }: Recorded) {
    const mayUndo = answer.act === 'go_on' || answer.act === 'ease_off';
    showSaved({ logId: log.id, lineageId: log.lineageId, counted, mayUndo, savedAt: deviceNow() });
  }
  function saved(done: Recorded) {
    onSaved?.();
    if (done.answer.act !== 'go_on') return;
    announce(done);
    onClose();
  }
  function close() {
    if (recorded) announce(instead ?? recorded);
    onClose();
  }
  return (
    <dialog
      ref={dialog}
      onClose={close}
      className="grid max-h-[94dvh] w-full gap-5 overflow-y-auto"
      aria-label={prescription.text.name}
    >
      <div className="grid gap-1">
        <h2 className="text-[1.5rem] font-extrabold">{name}</h2>
        {recorded ? null : <What prescription={prescription} counted={counted} />}
      </div>
      {recorded ? (
        <AfterLog day={day} prescription={prescription} recorded={recorded} onInstead={setInstead} onClose={close} />
      ) : before ? (
        <Again minutes={minutesAgo(before)} onAgain={() => setBefore(null)} onSame={sheet.onDelete ?? onClose} />
      ) : (
        <>
          {onGoOn ? (
            <button type="button" className="btn quiet xl" onClick={onGoOn}>
              <Play aria-hidden="true" /> {t('goOn')}
            </button>
          ) : null}
          <LogForm
            {...sheet}
            day={day}
            prescription={prescription}
            counted={counted}
            onRecorded={setRecorded}
            onSaved={saved}
            onClose={onClose}
          />
        </>
      )}
    </dialog>
  );
}

const minutesAgo = ({ performedAt }: { performedAt: number }) =>
  Math.max(0, Math.round((deviceNow() - performedAt) / MINUTE_MS));

/** What is being logged, before anything is asked of it. */
function What({ prescription, counted }: { prescription: PackPrescription; counted: Counted | null }) {
  const t = useTranslations('counted');
  const say = useSay();
  const wordsOf = useCountedWords();
  return <p>{counted ? t('line', { what: wordsOf(counted.sets) }) : say(doseSentence(prescription.dose))}</p>;
}

/** Asked once, before pain is: two presses of one practice are told from two practices by the person alone. */
function Again({ minutes, onAgain, onSame }: { minutes: number; onAgain(): void; onSame(): void }) {
  const t = useTranslations('logSheet.again');
  return (
    <div className="grid gap-4">
      <p role="alert" className="font-bold">
        {t('ask', { minutes })}
      </p>
      <button type="button" className="btn primary xl" onClick={onAgain}>
        {t('again')}
      </button>
      <button type="button" className="btn quiet xl" onClick={onSame}>
        {t('same')}
      </button>
    </div>
  );
}

type LogFormProps = Omit<LogSheetProps, 'name' | 'onGoOn' | 'onSaved' | 'counted'> & {
  counted: Counted | null;
  /** It means something that is read before the sheet is closed. */
  onRecorded(recorded: Recorded): void;
  /** It is on this device. */
  onSaved(recorded: Recorded): void;
};

type Missing = 'choosePain' | 'chooseReason';

function LogForm({ day, prescription, counted, ...form }: LogFormProps) {
  const { slot, source, firstState = 'done', onRecorded, onSaved, onDelete, onClose } = form;
  const t = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const [details, setDetails] = useState<Details>({
    state: counted ? stateOfCounted(counted, prescription.dose) : firstState,
    reason: counted?.hurts ? 'pain' : null,
    effort: undefined,
    comment: '',
    sets: counted?.sets ?? null,
  });
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const [notKept, setNotKept] = useState(false);
  const saving = useRef<OneAtATime>(undefined);
  saving.current ??= new OneAtATime(() => performance.now());

  function save() {
    const gaps: Missing[] = [];
    if (pain === undefined) gaps.push('choosePain');
    if (details.state !== 'done' && details.reason === null) gaps.push('chooseReason');
    setMissing(gaps);
    if (outbox && pain !== undefined && gaps.length === 0)
      saving.current?.run(() => record(outbox, pain), { leaves: true });
  }
  async function record(queue: Outbox, answered: number | null) {
    const now = deviceNow();
    const performed = {
      prescription,
      slot,
      source,
      startedAt: counted?.startedAt ?? now,
      endedAt: counted?.endedAt ?? now,
      painBefore: counted?.painBefore ?? null,
    };
    const answers: Answers = { ...details, effort: details.effort ?? null, pain: answered };
    const said = recordLog(queue, day, performed, answers);
    // What it means is said whatever becomes of the device's store.
    if (said.answer.act !== 'go_on') onRecorded(said);
    try {
      await said.stored;
    } catch (problem) {
      setNotKept(true);
      throw problem;
    }
    onSaved(said);
  }
  const gaps = missing.filter((gap) => (gap === 'choosePain' ? pain === undefined : details.reason === null));
  return (
    <>
      <AnswerGrid
        legend={t('pain')}
        name="pain"
        low={t('painLow')}
        high={t('painHigh')}
        value={pain}
        onChange={setPain}
      />
      <LogDetails
        dose={prescription.dose}
        details={details}
        onChange={setDetails}
        open={firstState !== 'done' || counted !== null}
      />
      <div className={`sticky -bottom-6 grid gap-2 bg-surface pt-2 pb-6 ${onDelete ? '' : '-mb-6'}`}>
        {gaps.length > 0 ? (
          <div role="alert" className="problem">
            {gaps.map((gap) => (
              <p key={gap}>{t(gap)}</p>
            ))}
          </div>
        ) : null}
        <Problem reason={notKept ? 'device_full' : null} />
        <button type="button" className="btn primary xl" onClick={save}>
          {t('save')}
        </button>
        <button type="button" className="btn plain" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
      {onDelete ? (
        <ConfirmedDelete label={t('deleteCounts')} question={t('deleteCountsAsk')} onDelete={onDelete} />
      ) : null}
    </>
  );
}
