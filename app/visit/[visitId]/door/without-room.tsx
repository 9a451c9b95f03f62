import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Building2, Check, Phone } from 'lucide-react';
import Link from 'next/link';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useHasCome } from '#client/device/clock/use-clock-turn';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem, TextArea } from '#components/form/field';
import { TelLink } from '#components/form/tel-link';
import { OPENS_BEFORE_MS } from '#domain/visit/lifecycle';

/** A visit by phone or in the clinic: when it is, whom to ring, and for the clinician the way to its record. */
export function WithoutRoom({ room: { visit, role, ring } }: { room: VisitRoom }) {
  const t = useTranslations('visit.withoutRoom');
  const when = useWhen(null);
  const isClinician = role === 'clinician';
  const byPhone = visit.mode === 'phone';
  const Icon = byPhone ? Phone : Building2;
  const name = isClinician ? visit.patientName : visit.clinicianName;
  return (
    <main className="mx-auto grid w-full max-w-[560px] content-start gap-5 px-4 py-8">
      <h1 className="page-title flex items-center gap-3">
        <Icon aria-hidden="true" /> {t(byPhone ? 'phone' : 'clinic', { name })}
      </h1>
      <p className="text-[1.15rem] tabular-nums">{when(visit.startsAt, 'full')}</p>
      <p>{t(isClinician ? (byPhone ? 'youRing' : 'youMeet') : byPhone ? 'youAreRung' : 'youCome', { name })}</p>
      {visit.purpose ? <p className="wrap-anywhere">{visit.purpose}</p> : null}
      {ring && (byPhone || !isClinician) ? (
        <p>
          <TelLink
            tel={ring.tel}
            phone={ring.phone}
            className={`btn ${isClinician ? 'primary' : 'quiet'} min-h-12 w-fit`}
          />
        </p>
      ) : null}
      {isClinician ? <TookPlace visitId={visit.id} startsAt={visit.startsAt} /> : null}
      <Link className="btn plain min-h-12 w-fit" href={isClinician ? '/schedule' : '/visits'} prefetch={false}>
        {t('back')}
      </Link>
    </main>
  );
}

function TookPlace({ visitId, startsAt }: { visitId: string; startsAt: number }) {
  const t = useTranslations('visit.withoutRoom');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const hasBegun = useHasCome(startsAt - OPENS_BEFORE_MS);
  const hold = useMutation(trpc.visits.hold.mutationOptions({ onSettled: () => queryClient.invalidateQueries() }));
  const holdOnce = useOneAtATime(hold);
  if (!hasBegun) return <p className="muted">{t('later')}</p>;
  return (
    <form
      className="card grid gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const summary = String(new FormData(event.currentTarget).get('summary') ?? '').trim();
        holdOnce({ visitId, summary: summary || null });
      }}
    >
      <TextArea label={t('summary')} name="summary" maxLength={4000} rows={5} hint={t('summaryHint')} />
      <Problem reason={hold.error ? problemOf(hold.error).reason : null} />
      <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={hold.isPending}>
        <Check aria-hidden="true" /> {t('held')}
      </button>
    </form>
  );
}
