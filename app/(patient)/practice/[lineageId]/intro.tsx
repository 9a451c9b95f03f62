'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { useDigits, useNameOf } from '#client/program/use-name-of';
import { AnswerGrid } from '#components/form/answer-grid';
import { Pose } from '#components/program/pose';
import type { PackPrescription } from '#domain/practice/day-pack';
import { doseSentence, loadSentence } from '#domain/program/dose-words';
import type { Due } from '#domain/program/schedule';

type IntroProps = { prescription: PackPrescription; due: Due | undefined; onStart(painBefore: number | null): void };

/** What to do, in the order one does it, with its drawing or the clinic's own clip. */
export function Intro({ prescription, due, onStart }: IntroProps) {
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
        <NothingPlanned due={due}>
          <p className="text-on-block-2">{t('startLead')}</p>
          <button
            type="button"
            className="btn primary xl"
            aria-label={`${t('start')} ${nameOf(prescription)}`}
            onClick={() => onStart(painBefore ?? null)}
          >
            <Play aria-hidden="true" /> {t('start')}
          </button>
        </NothingPlanned>
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

/** Where nothing of it is planned today any more, it is said; starting it all the same is a second step. */
function NothingPlanned({ due, children }: { due: Due | undefined; children: ReactNode }) {
  const t = useTranslations('player.over');
  const [isAsked, setIsAsked] = useState(false);
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (isAsked) words.current?.focus();
  }, [isAsked]);
  if (due?.state !== 'done' && due?.state !== 'rest_day') return children;
  const { slotsDone: done, slotsTotal: total } = due;
  return (
    <>
      <p className="text-[1.25rem] font-bold text-citron">
        {due.state === 'done' ? t('done', { done, total }) : t('restDay')}
      </p>
      {isAsked ? (
        <>
          <p ref={words} tabIndex={-1} className="outline-none">
            {t('ask')}
          </p>
          {children}
        </>
      ) : (
        <div className="grid gap-2.5">
          <Link className="btn primary xl" href="/today">
            {t('toToday')}
          </Link>
          <button type="button" className="btn quiet xl" onClick={() => setIsAsked(true)}>
            {t('onceMore')}
          </button>
        </div>
      )}
    </>
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
