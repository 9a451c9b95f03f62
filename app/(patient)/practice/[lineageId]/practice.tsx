'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '#client/device/say';
import type { Counted } from '#client/practice/counted';
import { type Day, useDay } from '#client/practice/day-pack';
import { usePracticeRun } from '#client/practice/use-run';
import { useDigits, useNameOf } from '#client/program/use-name-of';
import { AnswerGrid } from '#components/form/answer-grid';
import { LogSheet } from '#components/practice/log-sheet';
import { Pose } from '#components/program/pose';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { Log } from '#domain/practice/log';
import { runSets } from '#domain/practice/run';
import type { Dose } from '#domain/program/dose';
import { doseSentence, loadSentence } from '#domain/program/dose-words';
import { dueNow } from '#domain/program/schedule';
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
  const { lineageId, dose } = prescription;
  const { run, counted, start, setRun, finish, forget } = usePracticeRun(lineageId);
  const { timeZone } = day.pack.patient;
  const [due] = dueNow({
    prescriptions: [{ ...prescription, schedule: dose.schedule }],
    logsOfToday: day.logs,
    nowMs: Date.now(),
    timeZone,
  });

  function end(hurts: boolean) {
    if (!run) return;
    const endedAt = Date.now();
    const { startedAt, painBefore } = run;
    const slot = due?.nextSlot?.slot ?? null;
    finish({ v: 1, lineageId, sets: runSets(run, dose, endedAt), startedAt, endedAt, painBefore, slot, hurts });
  }
  const close = () => router.push('/today');
  if (run && !counted)
    return (
      <Player
        prescription={prescription}
        run={run}
        onRun={setRun}
        onFinish={() => end(false)}
        onHurts={() => end(true)}
        side={day.pack.patient.operatesWith}
      />
    );
  return (
    <>
      <Intro prescription={prescription} onStart={start} />
      {counted ? (
        <LogSheet
          pack={day.pack}
          prescription={prescription}
          slot={counted.slot}
          source="player"
          counted={counted}
          firstState={stateOf(counted, dose)}
          firstReason={counted.hurts ? 'pain' : null}
          onSaved={forget}
          onDelete={() => {
            forget();
            close();
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}

/** What the counts say before the person does; pain that ended a sitting speaks against all of it. */
function stateOf({ sets, hurts }: Counted, dose: Dose): Log['state'] {
  if (sets.length === 0) return 'skipped';
  const isWhole = sets.length >= dose.sets && sets.every((set) => (set.reps ?? 0) >= dose.repsMin);
  return isWhole && !hurts ? 'done' : 'partial';
}

/** What to do, in the order one does it, with its drawing or the clinic's own clip. */
function Intro({
  prescription,
  onStart,
}: {
  prescription: PackPrescription;
  onStart(painBefore: number | null): void;
}) {
  const t = useTranslations('player');
  const log = useTranslations('logSheet');
  const say = useSay();
  const nameOf = useNameOf();
  const { text, dose } = prescription;
  const digits = useDigits()(prescription.digits);
  const [painBefore, setPainBefore] = useState<number | null>();
  return (
    <div className="grid grid-cols-1 gap-4 pt-1 pb-6">
      <h1 className="page-title">{nameOf(prescription)}</h1>
      <p>{text.purpose}</p>
      {prescription.demoMediaId ? (
        <video
          className="w-full rounded-[var(--r-l)] bg-dark"
          controls
          playsInline
          preload="metadata"
          muted
          loop
          src={`/api/media/${prescription.demoMediaId}`}
          aria-label={t('how')}
        />
      ) : (
        <div className="card overflow-x-auto p-3">
          <Pose id={`pose-${prescription.id}`} frames={prescription.pose} label={text.name} size={96} />
        </div>
      )}
      <section className="next-block grid gap-3 p-5">
        <p className="text-[1.25rem] font-bold">{say(doseSentence(dose))}</p>
        {digits ? <p>{digits}</p> : null}
        {dose.load.kind === 'none' ? null : <p>{say(loadSentence(dose.load))}</p>}
        <p className="text-on-block-2">{t('startLead')}</p>
        <button
          type="button"
          className="btn primary xl"
          aria-label={`${t('start')} ${nameOf(prescription)}`}
          onClick={() => onStart(painBefore ?? null)}
        >
          <Play aria-hidden="true" /> {t('start')}
        </button>
      </section>
      <AnswerGrid
        legend={t('painBefore')}
        name="painBefore"
        low={log('painLow')}
        high={log('painHigh')}
        value={painBefore}
        onChange={setPainBefore}
      />
      {prescription.notePatient ? <p className="note">{prescription.notePatient}</p> : null}
      <TextList title={t('how')} lines={text.steps} ordered />
      <TextList title={t('remember')} lines={text.cues} />
      <TextList title={t('careful')} lines={text.precautions} />
    </div>
  );
}

function TextList({ title, lines, ordered = false }: { title: string; lines: readonly string[]; ordered?: boolean }) {
  if (lines.length === 0) return null;
  const List = ordered ? 'ol' : 'ul';
  return (
    <section className="grid gap-2">
      <h2 className="section-title">{title}</h2>
      <List className={`grid gap-1.5 ps-6 ${ordered ? 'list-decimal' : 'list-disc'}`}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </List>
    </section>
  );
}
