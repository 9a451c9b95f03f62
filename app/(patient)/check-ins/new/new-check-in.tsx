'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useCheckInDraft } from '#client/check-in/use-draft';
import { useHydratedOutbox } from '#client/device/account-outbox';
import type { Outbox } from '#client/device/outbox';
import { type Day, useDay } from '#client/practice/day-pack';
import { RecordClip } from '#components/check-in/record-clip';
import { PainWords } from '#components/practice/pain-words';
import { filmingViewOf } from '#domain/check-in/filming-view';
import { type PainAnswer, painZone } from '#domain/practice/pain-policy';
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

/** Does the patient agree to clips, and how long are they kept? As it was when the page was made. */
type ClipTerms = { agrees: boolean; keptDays: number | null };

type CheckInOfProps = { userId: string; day: Day; outbox: Outbox; about: string | null; clips: ClipTerms };

function CheckInOf({ userId, day, outbox, about, clips }: CheckInOfProps) {
  const t = useTranslations('checkIns');
  const r = useTranslations('recorder');
  const router = useRouter();
  const { pack } = day;
  const kept = useCheckInDraft({ userId, outbox, about, fallback: pack.prescriptions[0]?.lineageId ?? null });
  const [said, setSaid] = useState<PainAnswer | null>(null);
  const [mayFilm, setMayFilm] = useState(clips.agrees);
  if (!kept) return <p role="status">{t('loading')}</p>;
  const { draft } = kept;
  const prescription = pack.prescriptions.find((one) => one.lineageId === draft.lineageId) ?? null;
  const painAnswer = painZone({
    pain: draft.pain ?? null,
    baseline: pack.baselinePain,
    redFlags: draft.redFlags,
    prescriptionLimit: prescription?.dose.painLimit ?? null,
    policy: pack.painPolicy,
  });

  async function answered() {
    const goesAhead = painAnswer.act !== 'go_on';
    setSaid(goesAhead ? painAnswer : null);
    await kept?.answer(goesAhead);
  }
  async function send() {
    await kept?.send();
    router.push('/check-ins');
  }
  async function sendWithoutClip() {
    await kept?.sendWithoutClip();
    router.push('/check-ins');
  }

  function close() {
    // What went ahead stands as it is; only answers that are still here can be changed.
    if (draft.ahead === 'no') void kept?.change({ answeredAt: null });
    else router.push('/check-ins');
  }

  if (draft.answeredAt === null)
    return (
      <CheckInQuestions
        prescriptions={pack.prescriptions}
        draft={draft}
        onChange={(change) => void kept.change(change)}
        onAnswered={() => void answered()}
      />
    );
  // The words promise that the answers are kept and sent, so they wait until that is so.
  if (draft.ahead === 'queueing') return <p role="status">{t('loading')}</p>;
  if (said) return <PainWords answer={said} clinic={pack.clinic} onClose={() => setSaid(null)} />;
  const given = {
    draft,
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
      onKept={(clipId) => void kept.keepClip(clipId)}
      onSend={send}
      onClose={close}
      beside={<GivenAnswers {...given} onWithoutClip={() => void sendWithoutClip()} />}
    />
  );
}
