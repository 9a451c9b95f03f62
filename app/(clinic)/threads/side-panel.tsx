'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Cautions } from '#components/practice/flags/cautions';
import { useDoseWords } from '#components/program/dose-words';
import { firstNameOf } from '#domain/contact/phrase';
import type { AboutView, MessageClinic, ThreadView } from '#domain/contact/thread-view';

type SidePanelProps = { thread: ThreadView; meant: AboutView | null; clinic: MessageClinic };

/** What must be known before one answers: what is stopped and flagged first, the exercise meant, what was promised. */
export function SidePanel({ thread, meant, clinic }: SidePanelProps) {
  const t = useTranslations('threads.side');
  const doseWords = useDoseWords();
  const exercise = meant?.exercise ?? null;
  return (
    <aside className="side" aria-label={t('label')}>
      <Cautions patientId={thread.patientId} place="room" />
      {exercise ? (
        <section className="grid gap-2 max-lg:hidden" aria-labelledby="meant">
          <h2 id="meant" className="section-title">
            {exercise.name}
          </h2>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            <dt className="muted">{t('dose')}</dt>
            <dd className="text-end font-semibold">{doseWords(exercise.dose)}</dd>
            <dt className="muted">{t('version')}</dt>
            <dd className="text-end font-semibold">{exercise.version}</dd>
          </dl>
        </section>
      ) : null}
      <section className="grid gap-2 max-lg:hidden" aria-labelledby="promised">
        <h2 id="promised" className="section-title">
          {t('promise')}
        </h2>
        <p>
          {t('within', { hours: clinic.rules.replyOpenHours })} <Read thread={thread} />
        </p>
      </section>
      <HardAtHome patientId={thread.patientId} />
    </aside>
  );
}

/** What the patient found hard, what was suggested, and whether it helped; the newest of each. */
function HardAtHome({ patientId }: { patientId: string }) {
  const t = useTranslations('threads.side');
  const when = useWhen(null);
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.barriers.ofPatient.queryOptions({ patientId }));
  const newest = data.filter(({ code }, n) => data.findIndex((one) => one.code === code) === n);
  if (newest.length === 0) return null;
  return (
    <section className="grid gap-2" aria-labelledby="hard">
      <h2 id="hard" className="section-title">
        {t('hard')}
      </h2>
      <ul className="divide-y divide-line">
        {newest.map(({ id, words, suggestion, outcome, saidAt }) => (
          <li key={id} className="grid gap-0.5 py-2.5">
            <strong className="wrap-anywhere">{words}</strong>
            <bdi className="wrap-anywhere">{suggestion}</bdi>
            <span className="small muted">{t(`hardOutcome.${outcome}`, { when: when(saidAt) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the patient reads over the writing line. */
function Read({ thread: { waiting, patientName } }: { thread: ThreadView }) {
  const t = useTranslations('threads.side');
  const when = useWhen(null);
  const name = firstNameOf(patientName);
  if (!waiting) return null;
  if (waiting.isRed) return t('readRed', { name });
  return waiting.promisedAt === null ? t('readNone', { name }) : t('read', { name, when: when(waiting.promisedAt) });
}
