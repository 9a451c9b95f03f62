'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useCheckInDraft } from '#client/check-in/use-draft';
import { useHydratedOutbox } from '#client/device/account-outbox';
import type { Outbox } from '#client/device/outbox';
import { useTranslations } from '#client/device/words/translations';
import { type Day, useDay } from '#client/practice/day-pack';
import { meaningOf } from '#client/practice/say-symptoms';
import { useDelivery } from '#client/practice/use-delivery';
import { RecordClip } from '#components/check-in/record-clip';
import { PainWords } from '#components/practice/pain-words';
import { filmingViewOf } from '#domain/check-in/filming-view';
import { callFor, isStopAct, type PainAnswer, type RedFlag } from '#domain/practice/pain-policy';
import { ClipConsent } from './clip-consent';
import { GivenAnswers } from './given-answers';
import { CheckInQuestions } from './questions';

/**
 * Pain and question first, then the clip, all of it kept on this device until it is sent. The clip is sent by "Send"
 * alone; answers that the clinic must know of go ahead of it. `about` = the lineage it opens with.
 */
export function NewCheckIn({ userId, about, clips }: { userId: string; about: string | null; clips: ClipTerms }) {
  const t = useTranslations('checkIns');
  const { day } = useDay(userId);
  const outbox = useHydratedOutbox();
  if (!day || !outbox) return <p role="status">{t('loading')}</p>;
  return <CheckInOf userId={userId} day={day} outbox={outbox} about={about} clips={clips} />;
}

type Said = {
  answer: PainAnswer;
  redFlags: readonly RedFlag[];
  opId: string;
  stored: Promise<void>;
  isEmergency: boolean;
};

type SaidWordsProps = { said: Said; clinic: Day['pack']['clinic']; outbox: Outbox; onClose(): void };

function SaidWords({ said, clinic, outbox, onClose }: SaidWordsProps) {
  const t = useTranslations('checkIns');
  const s = useTranslations('stop');
  const delivery = useDelivery(outbox, said.opId, said.stored);
  return (
    <PainWords
      answer={said.answer}
      redFlags={said.redFlags}
      clinic={clinic}
      delivery={delivery}
      closeLabel={isStopAct(said.answer.act) ? s('done') : t('toCamera')}
      onClose={onClose}
    />
  );
}

/** Does the patient agree to clips, and how long are they kept? As it was when the page was made. */
type ClipTerms = { agrees: boolean; keptDays: number | null };

type CheckInOfProps = { userId: string; day: Day; outbox: Outbox; about: string | null; clips: ClipTerms };

function CheckInOf({ userId, day, outbox, about, clips }: CheckInOfProps) {
  const t = useTranslations('checkIns');
  const r = useTranslations('recorder');
  const router = useRouter();
  const { pack } = day;
  const kept = useCheckInDraft({ userId, outbox, about, fallback: pack.prescriptions[0]?.lineageId ?? null });
  const [said, setSaid] = useState<Said | null>(null);
  const [mayFilm, setMayFilm] = useState(clips.agrees);
  const [notKept, setNotKept] = useState(false);
  if (!kept) return <p role="status">{t('loading')}</p>;
  const { draft } = kept;
  const prescription = pack.prescriptions.find((one) => one.lineageId === draft.lineageId) ?? null;
  const answers = { pain: draft.pain ?? null, redFlags: draft.redFlags };
  const painAnswer = meaningOf(day, prescription?.lineageId ?? null, answers, draft.answeredAt ?? deviceNow());
  const isEmergency = callFor(draft.redFlags ?? []) === 'emergency';

  async function keepAnswers(goesAhead: boolean) {
    const shown = { zone: painAnswer.zone, policyVersion: pack.painPolicy.version };
    await kept?.answer(goesAhead, shown, prescription?.programVersionId);
    if (isEmergency) await kept?.sendWithoutClip();
  }
  function answered() {
    const goesAhead = painAnswer.act !== 'go_on';
    const stored = keepAnswers(goesAhead);
    stored.catch(() => undefined);
    // The words come at once, whatever the device's store does; beside them stands what became of it.
    if (goesAhead)
      setSaid({ answer: painAnswer, redFlags: draft.redFlags ?? [], opId: draft.answersOpId, stored, isEmergency });
  }
  async function send() {
    await kept?.send();
    router.push('/check-ins');
  }
  async function sendWithoutClip() {
    try {
      await kept?.sendWithoutClip();
      router.push('/check-ins');
    } catch {
      setNotKept(true);
    }
  }

  function close() {
    // What went ahead stands as it is; only answers that are still here can be changed.
    if (draft.ahead === 'no') void kept?.change({ answeredAt: null });
    else router.push('/check-ins');
  }

  if (said)
    return (
      <SaidWords
        said={said}
        clinic={pack.clinic}
        outbox={outbox}
        onClose={() => {
          if (said.isEmergency) router.push('/today');
          // It is with the clinic; a clip can go after it from there, and nobody is led to make one.
          else if (isStopAct(said.answer.act)) router.push('/check-ins');
          else setSaid(null);
        }}
      />
    );
  if (draft.answeredAt === null)
    return (
      <CheckInQuestions
        day={day}
        outbox={outbox}
        draft={draft}
        isOnPageOnly={kept.isOnPageOnly}
        onChange={(change) => void kept.change(change)}
        onAnswered={answered}
      />
    );
  if (draft.ahead === 'queueing') return <p role="status">{t('loading')}</p>;
  const given = {
    draft,
    isOnPageOnly: kept.isOnPageOnly || notKept,
    prescription,
    painAnswer,
    onChange: () => void kept.change({ answeredAt: null }),
    onStartOver: () => void kept.startOver(),
  };
  if (!mayFilm)
    return (
      <ClipConsent
        keptDays={clips.keptDays}
        onFilm={() => setMayFilm(true)}
        onWithoutClip={() => void sendWithoutClip()}
        onClose={close}
        beside={<GivenAnswers {...given} onWithoutClip={null} />}
      />
    );
  return (
    <RecordClip
      key={draft.checkInId}
      userId={userId}
      shot={{
        title: prescription ? r('titleOf', { name: prescription.text.name }) : r('title'),
        view: filmingViewOf(prescription?.category ?? null),
        side: prescription?.side ?? 'both',
      }}
      thumb={pack.patient.operatesWith}
      keptClipId={draft.clipId}
      onKept={(clipId) => void kept.keepClip(clipId, prescription?.programVersionId)}
      onSend={send}
      onClose={close}
      beside={<GivenAnswers {...given} onWithoutClip={() => void sendWithoutClip()} />}
    />
  );
}
