'use client';

import { useEffect, useRef, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useSay } from '#client/device/say';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { NOT_ANSWERED, redFlagAnswers } from '#client/practice/red-flag-answers';
import { amendSymptoms, meaningOf, type SaidSymptoms, saySymptoms } from '#client/practice/say-symptoms';
import { useUrgentWords } from '#client/practice/urgent-words';
import { useDelivery } from '#client/practice/use-delivery';
import { AnswerGrid } from '#components/form/answer-grid';
import { callFor, redFlagAnswer } from '#domain/practice/pain-policy';
import { isSlipInTime } from '#domain/practice/stop';
import type { SaySymptoms } from '#domain/practice/symptom-check';
import { DeliveryWords } from './pain-words';
import { RedFlagQuestions } from './red-flag-questions';
import { Ring } from './ring';
import { StopSign } from './stop-sign';

type Where = Pick<SaySymptoms, 'place' | 'subjectId' | 'lineageId'>;

type HurtScreenProps = {
  day: Pick<Day, 'pack' | 'history'>;
  where: Where;
  /** Which exercise, in words; null = the hand as a whole. */
  what: string | null;
  /** With the pain that was chosen; null = no answer. */
  onDone(pain: number | null): void;
  /** It was a slip of the finger: back to where one was. With the check that it takes back; null = too late, it stands. */
  onSlip(checkId: string | null): void;
  /** Where the press is kept in another way, as in a visit; null = it was not. */
  begun?(): SaidSymptoms | null;
};

/** What was stopped, and when. */
function Heading({ what, time }: { what: string | null; time: string | null }) {
  const t = useTranslations('stop');
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <StopSign size={60} />
      <div className="min-w-[min(100%,10rem)] grow basis-0">
        <h2 id="hurt-title" className="page-title">
          {t('stopped')}
        </h2>
        <p className="muted">{[what, time].filter(Boolean).join(', ')}</p>
      </div>
    </header>
  );
}

/** Runs what must not be lost when the page is left: who rings the clinic never comes back to "Done". */
function useLeaving(leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const away = () => {
      if (document.visibilityState === 'hidden') latest.current();
    };
    const gone = () => latest.current();
    document.addEventListener('visibilitychange', away);
    window.addEventListener('pagehide', gone);
    return () => {
      document.removeEventListener('visibilitychange', away);
      window.removeEventListener('pagehide', gone);
    };
  }, []);
}

/**
 * "It hurts", wherever it is said: it stops at once and is on its way before anything is asked. Then, calmly, how much, what
 * else, whom to ring; or that it was a slip.
 */
export function HurtScreen({ day, where, what, onDone, onSlip, begun }: HurtScreenProps) {
  const t = useTranslations('stop');
  const say = useSay();
  const outbox = useHydratedOutbox();
  const sheet = useRef<HTMLDialogElement>(null);
  useUrgentWords(true);
  const [said, setSaid] = useState<SaidSymptoms | null>(null);
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const [ticks, setTicks] = useState(NOT_ANSWERED);
  const redFlags = redFlagAnswers({ outbox, day, where, state: ticks, onChange: setTicks });
  const ticked = redFlags.value ?? [];
  const isBegun = useRef(false);
  useEffect(() => {
    if (!outbox || isBegun.current) return;
    // Once, whatever React does: the press was one.
    isBegun.current = true;
    const nothing = { pain: null, redFlags: null };
    const press = begun ? begun() : saySymptoms(outbox, day, { ...where, occasion: 'it_hurts' }, nothing);
    press?.stored.catch(() => undefined);
    setSaid(press);
  }, [outbox, day, where, begun]);
  useEffect(() => sheet.current?.showModal(), []);
  const delivery = useDelivery(outbox, said?.opId ?? null, said?.stored ?? null);
  const when = useWhen(day.pack.patient.timeZone);
  const asked = said ? { ...said, lineageId: where.lineageId } : null;
  const answer = pain == null ? null : meaningOf(day, where.lineageId, { pain, redFlags: null }, said?.saidAt ?? 0);
  const [isPainSent, setPainSent] = useState(false);
  const [isLate, setIsLate] = useState(false);

  function sendPain() {
    if (!outbox || !asked || pain === undefined || isPainSent) return;
    setPainSent(true);
    amendSymptoms(outbox, day, asked, { kind: 'pain', pain }).stored.catch(() => undefined);
  }
  useLeaving(sendPain);

  function save() {
    sendPain();
    onDone(pain ?? null);
  }
  function slip() {
    // With the press goes what was ticked on its screen.
    if (ticked.length > 0) redFlags.none(false);
    if (outbox && asked) amendSymptoms(outbox, day, asked, { kind: 'slip', pain: null }).stored.catch(() => undefined);
    if (asked && !isSlipInTime(asked.saidAt, deviceNow())) setIsLate(true);
    else onSlip(asked?.checkId ?? null);
  }

  // The words and the number under them are of the gravest that was said.
  const worst = ticked.length > 0 ? redFlagAnswer(ticked) : answer?.act === 'stop_and_call' ? answer : null;
  return (
    <dialog
      ref={sheet}
      // Escape closes nothing that was said: it goes on as the button does.
      onCancel={(event) => {
        event.preventDefault();
        save();
      }}
      // Nothing of what was stopped is seen behind it, on any window.
      className="m-0 h-dvh max-h-none w-screen max-w-none overflow-y-auto rounded-none border-0 bg-canvas p-0"
      aria-labelledby="hurt-title"
      data-density="patient"
    >
      <div className="mx-auto grid min-h-full max-w-[600px] grid-cols-1 grid-rows-[1fr_auto]">
        <div className="grid content-start gap-5 p-4">
          <Heading what={what} time={said ? when(said.saidAt, 'time') : null} />
          {isPainSent ? (
            <p className="text-[1.25rem] font-bold">{pain == null ? t('painOpen') : t('painSaid', { pain })}</p>
          ) : (
            <AnswerGrid
              legend={t('howMuch')}
              name="hurts"
              low={t('low')}
              high={t('high')}
              value={pain}
              onChange={setPain}
            />
          )}
          <div className="grid gap-1">
            <p role="status" className="text-[1.25rem] font-bold text-stop">
              {worst
                ? say({ key: worst.key, values: worst.values })
                : t(where.lineageId === null ? 'leaveAll' : 'leaveThis')}
            </p>
            <DeliveryWords delivery={delivery} calls />
          </div>
          <Ring clinic={day.pack.clinic} call={callFor(ticked) ?? 'clinic'} />
          <details className="card p-4">
            <summary className="min-h-12 cursor-pointer content-center">
              <strong>{t('anythingElse')}</strong> <span className="muted">{t('anythingElseHint')}</span>
            </summary>
            <div className="mt-3">
              <RedFlagQuestions
                value={redFlags.value}
                clinic={day.pack.clinic}
                onTick={redFlags.tick}
                onUntick={redFlags.untick}
                onNone={redFlags.none}
              />
            </div>
          </details>
        </div>
        <footer className="sticky bottom-0 flex flex-wrap gap-2.5 border-line border-t bg-surface p-4 [@media(max-height:520px)]:static">
          <button type="button" className="btn primary xl min-w-[min(100%,8rem)] flex-[1.6]" onClick={save}>
            {t('done')}
          </button>
          {isLate ? (
            <p role="status" className="small min-w-[min(100%,6rem)] flex-1">
              {t('tooLate')}
            </p>
          ) : (
            <button type="button" className="btn quiet min-w-[min(100%,6rem)] flex-1" onClick={slip}>
              {t('slip')}
            </button>
          )}
        </footer>
      </div>
    </dialog>
  );
}
