'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { countingNow, deviceNow, trueTime } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useTranslations } from '#client/device/words/translations';
import type { Counted } from '#client/practice/counted';
import { type Day, useDay } from '#client/practice/day-pack';
import { recordLog } from '#client/practice/record-log';
import { meaningOf, type SaidSymptoms, saySymptoms } from '#client/practice/say-symptoms';
import { useDelivery } from '#client/practice/use-delivery';
import { usePracticeRun } from '#client/practice/use-run';
import { useNameOf } from '#client/program/use-name-of';
import { HurtScreen } from '#components/practice/hurt-screen';
import { LogSheet } from '#components/practice/log-sheet';
import { NotOffered } from '#components/practice/not-offered';
import { PainWords } from '#components/practice/pain-words';
import { Restricted } from '#components/practice/restricted';
import { StopCard } from '#components/practice/stop-card';
import { Waiting } from '#components/practice/waiting';
import type { PackPrescription } from '#domain/practice/day-pack';
import { type PracticeRun, pauseRun } from '#domain/practice/run';
import type { HeldStop } from '#domain/practice/said';
import { stopOn } from '#domain/practice/stop';
import { isWaiting, restrictionsOn } from '#domain/practice/waiting';
import type { Dose } from '#domain/program/dose';
import { dueNow } from '#domain/program/schedule';
import { localDay } from '#domain/time/local-day';
import { Intro } from './intro';
import { Player } from './player';

export function Practice({ userId, lineageId }: { userId: string; lineageId: string }) {
  const t = useTranslations('player');
  const { day, empty } = useDay(userId);
  const prescription = day?.pack.prescriptions.find((one) => one.lineageId === lineageId);
  if (day && prescription) return <PracticeOf day={day} prescription={prescription} />;
  if (!day && !empty) return <p role="status">{t('title')}</p>;
  return (
    <div className="grid gap-4">
      <p>{t('notHere')}</p>
      <Link className="btn primary xl" href="/today">
        {t('toToday')}
      </Link>
    </div>
  );
}

function PracticeOf({ day, prescription }: { day: Day; prescription: PackPrescription }) {
  const router = useRouter();
  const minuteMs = useMinute();
  const { lineageId, dose } = prescription;
  const { timeZone, id: patientId, operatesWith } = day.pack.patient;
  const [due] = dueNow({
    prescriptions: [{ ...prescription, schedule: dose.schedule }],
    logsOfToday: day.logs,
    nowMs: minuteMs,
    timeZone,
  });
  const practice = usePracticeRun({ patientId, prescription, slot: due?.nextSlot?.slot ?? null });
  const { run, counted, start, setRun, finish, countedAt, drop } = practice;
  /** The log that a press of "It hurts" will be; null = nobody pressed it. */
  const [hurting, setHurting] = useState<string | null>(null);
  /** Taken back in this player: it holds nothing while that is being written down. */
  const [slip, setSlip] = useState<string | null>(null);
  const stop = stopOn(
    lineageId,
    day.stops.filter(({ sourceId }) => sourceId !== slip),
  );
  const before = usePainBefore(day, prescription);
  const close = () => router.push('/today');
  const isOfToday = (atMs: number) => localDay(atMs, timeZone) === localDay(minuteMs, timeZone);
  const waits = isWaiting(prescription, restrictionsOn(day.pack.restrictions, localDay(minuteMs, timeZone)));
  const isStopped = (stop !== null || waits) && hurting === null;
  // Stopped while it ran, by another page or before a reload, or left on another day: what was counted is logged, if
  // anything; nothing goes on.
  const isCutShort =
    run !== null && counted === null && (isStopped || !isOfToday(trueTime(run.seenAt ?? run.startedAt)));
  useEffect(() => {
    if (!isCutShort || !run) return;
    const sofar = countedAt(run, run.seenAt ?? run.startedAt, isStopped);
    if (sofar.sets.length === 0) drop();
    else finish(sofar);
  });
  if (run && !counted && !isCutShort)
    return (
      <>
        <Player
          prescription={prescription}
          run={run}
          onRun={setRun}
          onFinish={() => finish(stoppedAt(practice, run, dose))}
          onHurts={() => {
            setRun(pauseRun(run, dose, countingNow()));
            setHurting(uuidv7());
          }}
          side={operatesWith}
        />
        {hurting === null ? null : (
          <HurtInPlayer
            day={day}
            prescription={prescription}
            logId={hurting}
            countedNow={() => countedAt(run, countingNow(), true)}
            onSlip={(checkId) => {
              setSlip(checkId);
              setHurting(null);
            }}
            onDone={() => {
              drop();
              close();
            }}
          />
        )}
      </>
    );
  if (counted)
    return (
      <CountedSheet
        day={day}
        prescription={prescription}
        counted={counted}
        practice={practice}
        mayGoOn={stop === null && !waits && isOfToday(counted.endedAt)}
        onClose={close}
      />
    );
  // What it means is read first; the stop that it made holds beneath.
  if (before.said) return <BeforeWords day={day} said={before.said} />;
  if (waits && !stop) return <Held day={day} prescription={prescription} />;
  if (stop) return <Stopped day={day} prescription={prescription} stop={stop} />;
  const begin = (pain: number | null) => {
    if (before.mayStart(pain)) start(pain);
  };
  return <Intro prescription={prescription} due={due} onStart={begin} />;
}

type Practising = ReturnType<typeof usePracticeRun>;

/** What was counted when it was stopped; where sets are left it can go on from there. */
function stoppedAt({ countedAt }: Practising, run: PracticeRun, dose: Dose): Counted {
  const nowMs = countingNow();
  const paused = pauseRun(run, dose, nowMs);
  const counted = countedAt(paused, nowMs, false);
  return paused.done.length < dose.sets ? counted : { ...counted, run: undefined };
}

type CountedSheetProps = {
  day: Day;
  prescription: PackPrescription;
  counted: Counted;
  practice: Practising;
  mayGoOn: boolean;
  onClose(): void;
};

function CountedSheet({ day, prescription, counted, practice, mayGoOn, onClose }: CountedSheetProps) {
  const nameOf = useNameOf();
  const { forget, goOn } = practice;
  const { run } = counted;
  return (
    <LogSheet
      day={day}
      prescription={counted.prescription ?? prescription}
      name={nameOf(counted.prescription ?? prescription)}
      slot={counted.slot}
      source="player"
      counted={counted}
      onGoOn={run && mayGoOn ? () => goOn(run) : undefined}
      onSaved={forget}
      onDelete={() => {
        forget();
        onClose();
      }}
      onClose={onClose}
    />
  );
}

/** What is stopped is not offered by its own page either. */
function Stopped({ day, prescription, stop }: { day: Day; prescription: PackPrescription; stop: HeldStop }) {
  const t = useTranslations('player');
  const nameOf = useNameOf();
  const name = nameOf(prescription);
  return (
    <div className="grid grid-cols-1 gap-4 pt-1 pb-6">
      <h1 className="page-title">{name}</h1>
      <StopCard stop={stop} exercise={stop.lineageId === null ? null : name} day={day} />
      <NotOffered stop={stop} name={name} />
      <Link className="btn primary xl" href="/today">
        {t('toToday')}
      </Link>
    </div>
  );
}

/** It waits for the clinic: why, and the way back. */
function Held({ day, prescription }: { day: Day; prescription: PackPrescription }) {
  const t = useTranslations('player');
  const name = useNameOf()(prescription);
  const today = localDay(useMinute(), day.pack.patient.timeZone);
  return (
    <div className="grid grid-cols-1 gap-4 pt-1 pb-6">
      <h1 className="page-title">{name}</h1>
      <Restricted restrictions={day.pack.restrictions} today={today} />
      <Waiting name={name} />
      <Link className="btn primary xl" href="/today">
        {t('toToday')}
      </Link>
    </div>
  );
}

type HurtInPlayerProps = {
  day: Day;
  prescription: PackPrescription;
  logId: string;
  countedNow(): Counted;
  onSlip(checkId: string | null): void;
  onDone(): void;
};

/** What was counted until it hurt is logged with the pain that was said: nothing is asked twice. */
function HurtInPlayer({ day, prescription, logId, countedNow, onSlip, onDone }: HurtInPlayerProps) {
  const outbox = useHydratedOutbox();
  const nameOf = useNameOf();
  const [where] = useState({ place: 'player' as const, subjectId: logId, lineageId: prescription.lineageId });
  // Fixed at the press: what is answered afterwards is no practice.
  const [{ sets, ...sitting }] = useState(countedNow);
  function log(pain: number | null) {
    const state = sets.length === 0 ? ('skipped' as const) : ('partial' as const);
    const answers = { state, reason: 'pain' as const, pain, effort: null, comment: '', sets };
    const performed = { ...sitting, prescription, source: 'player' as const, logId, isSaid: true };
    if (outbox) recordLog(outbox, day, performed, answers).stored.catch(() => undefined);
    onDone();
  }
  return <HurtScreen day={day} where={where} what={nameOf(prescription)} onDone={log} onSlip={onSlip} />;
}

/** Pain before the first movement is judged as every other: what means "stop" starts nothing. */
function usePainBefore(day: Day, prescription: PackPrescription) {
  const outbox = useHydratedOutbox();
  const [said, setSaid] = useState<SaidSymptoms | null>(null);
  function mayStart(pain: number | null): boolean {
    const { lineageId } = prescription;
    const { act } = meaningOf(day, lineageId, { pain, redFlags: null }, deviceNow());
    if (act === 'go_on' || act === 'ease_off') return true;
    if (!outbox) return false;
    const where = { occasion: 'before_practice' as const, place: 'player' as const, subjectId: null, lineageId };
    const answer = saySymptoms(outbox, day, where, { pain, redFlags: null });
    answer.stored.catch(() => undefined);
    setSaid(answer);
    return false;
  }
  return { said, mayStart };
}

function BeforeWords({ day, said }: { day: Day; said: SaidSymptoms }) {
  const t = useTranslations('stop');
  const router = useRouter();
  const outbox = useHydratedOutbox();
  const delivery = useDelivery(outbox, said.opId, said.stored);
  return (
    <PainWords
      answer={said.answer}
      clinic={day.pack.clinic}
      delivery={delivery}
      closeLabel={t('done')}
      onClose={() => router.push('/today')}
    />
  );
}
