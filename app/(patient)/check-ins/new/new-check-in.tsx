'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { putClip, readClip } from '#client/clip-store';
import { sha256Of } from '#client/clip-uploads';
import { useDay } from '#client/day-pack';
import { useHydratedOutbox } from '#client/device-outbox';
import { PainWords } from '#components/pain-words';
import { RecordClip } from '#components/record-clip';
import { filmingViewOf } from '#domain/filming-view';
import { type PainAnswer, painZone } from '#domain/pain-policy';
import { CheckInQuestions, type Questions } from './check-in-questions';

/** Pain and question first, then the clip; nothing is sent without "Send". `about` = the lineage it opens with. */
export function NewCheckIn({ userId, about }: { userId: string; about: string | null }) {
  const t = useTranslations('checkIns');
  const r = useTranslations('recorder');
  const router = useRouter();
  const { day } = useDay(userId);
  const outbox = useHydratedOutbox();
  const [questions, setQuestions] = useState<Questions | null>(null);
  const [said, setSaid] = useState<PainAnswer | null>(null);
  if (!day) return <p role="status">{t('loading')}</p>;

  function answered(next: Questions) {
    if (!day) return;
    setQuestions(next);
    const answer = painZone({
      pain: next.pain,
      baseline: day.pack.baselinePain,
      redFlags: next.redFlags,
      prescriptionLimit: null,
      policy: day.pack.painPolicy,
    });
    if (answer.act !== 'go_on') setSaid(answer);
  }

  async function send(clipId: string) {
    const whole = await readClip(clipId);
    if (!whole || !questions || !outbox) return;
    await putClip({ ...whole.clip, state: 'queued' });
    const opId = uuidv7();
    await outbox.add('check_in', opId, {
      opId,
      checkInId: uuidv7(),
      lineageId: questions.lineageId,
      question: questions.question,
      answers: { v: 1, pain: questions.pain, redFlags: questions.redFlags },
      clips: [{ mediaId: clipId, bytes: whole.blob.size, sha256: await sha256Of(whole.blob) }],
      submittedAt: Date.now(),
    });
    router.push('/check-ins');
  }

  if (said) return <PainWords answer={said} clinic={day.pack.clinic} onClose={() => setSaid(null)} />;
  if (!questions)
    return <CheckInQuestions prescriptions={day.pack.prescriptions} about={about} onAnswered={answered} />;
  const prescription = day.pack.prescriptions.find((one) => one.lineageId === questions.lineageId);
  return (
    <RecordClip
      userId={userId}
      shot={{
        title: prescription ? r('titleOf', { name: prescription.text.name }) : r('title'),
        view: filmingViewOf(prescription?.category ?? null),
        side: prescription?.side ?? 'both',
      }}
      thumb={day.pack.patient.operatesWith}
      onSend={send}
      onClose={() => setQuestions(null)}
    />
  );
}
