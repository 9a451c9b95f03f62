'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterFlags } from '#client/practice/place-after';
import { MoreButton } from '#components/form/more-button';
import { PhoneLink } from '#components/form/phone-link';
import { PinnedRestrictions } from '#components/record/pinned-restrictions';
import { usePinned } from '#components/record/use-pinned';
import type { Flag } from './flag-line';
import type { FlagWork } from './flag-work';
import { HeldStop } from './held-stop';
import { OpenFlag } from './open-flag';

type Caution = Outputs['flags']['caution'];

export type CautionsProps = {
  patientId: string;
  /**
   * `record`: precautions and restrictions stand elsewhere on the page. `desk`: two columns and more beside it. `room`: as little of the
   * height as it takes, the number always.
   */
  place: 'record' | 'desk' | 'room';
  className?: string;
};

type CautionListProps = CautionsProps & {
  /** Null while it is not fetched; `onUnfold` says that it is needed. */
  work: FlagWork | null;
  onUnfold?(): void;
};

/**
 * What a clinician must have before their eyes where they decide: restrictions and precautions, the number to ring, what is stopped, and
 * the open flags with what was done about them. The same on every such screen; nothing where there is nothing.
 */
export function CautionList({ patientId, place, work, onUnfold, className = '' }: CautionListProps) {
  const t = useTranslations('flags');
  const trpc = useTRPC();
  const id = useId();
  const when = useWhen(null);
  const { data: caution } = useQuery(trpc.flags.caution.queryOptions({ patientId }));
  const pages = useInfiniteQuery(
    trpc.flags.open.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterFlags }),
  );
  const { shown, gone, typed } = useStaying(pages.data?.pages.flat() ?? []);
  const held = caution?.held ?? [];
  const hasWork = shown.length > 0 || held.length > 0;
  const precautions = place === 'record' ? [] : (caution?.precautions ?? []);
  const isRoom = place === 'room';
  const restricted = usePinned(patientId);
  const pinned = place === 'record' ? undefined : restricted;
  const isPinned = precautions.length > 0 || (pinned?.restrictions.length ?? 0) > 0;
  if (!hasWork && !isPinned && !isRoom) return null;
  return (
    <div className={`${isRoom ? 'flex flex-wrap items-start' : 'grid'} gap-2 ${className}`}>
      <div className="flex min-h-12 flex-wrap items-center gap-x-5 gap-y-2">
        {shown.length > 0 ? (
          <h2 id={id} className={isRoom ? 'vh' : 'section-title'}>
            {t('title')}
          </h2>
        ) : null}
        <PinnedRestrictions pinned={pinned} />
        <Precautions list={precautions} />
        {caution ? <Ring caution={caution} /> : null}
      </div>
      {held.length > 0 ? (
        <ul className={isRoom ? 'contents' : 'grid gap-2'} aria-label={t('stoppedList')}>
          {held.map((stop) => (
            <HeldStop
              key={stop.id}
              stop={stop}
              patientId={patientId}
              mayLift={caution?.may.lift ?? false}
              when={when}
              work={work}
              onUnfold={onUnfold}
            />
          ))}
        </ul>
      ) : null}
      {shown.length > 0 ? (
        <section className={isRoom ? 'contents' : 'grid gap-2'} aria-labelledby={id}>
          <ul className={isRoom ? 'contents' : 'grid gap-2'}>
            {shown.map((flag) => (
              <OpenFlag
                key={flag.id}
                flag={flag}
                patientId={patientId}
                may={caution?.may ?? null}
                when={when}
                work={work}
                onUnfold={onUnfold}
                startsOpen={shown.length <= UNFOLDED[place]}
                isGone={gone.has(flag.id)}
                onTyped={(isTyped) => typed(flag, isTyped)}
              />
            ))}
          </ul>
          <MoreButton pages={pages} label={t('older')} />
        </section>
      ) : null}
    </div>
  );
}

/** So many flags are unfolded from the start; where there are more, each is a line. */
const UNFOLDED = { record: 2, desk: 1, room: 0 } as const;

const GRAVEST = ['urgent', 'red', 'amber'] as const;
const byGravity = (a: Flag, b: Flag) => GRAVEST.indexOf(a.severity) - GRAVEST.indexOf(b.severity);

/** The flags, and those that a colleague closed while words for them were being written here: these stay until they are kept. */
function useStaying(open: readonly Flag[]) {
  const [written, setWritten] = useState<ReadonlyMap<string, Flag>>(new Map());
  const ids = new Set(open.map(({ id }) => id));
  const gone = [...written.values()].filter(({ id }) => !ids.has(id));
  function typed(flag: Flag, isTyped: boolean) {
    if (isTyped === written.has(flag.id)) return;
    const next = new Map(written);
    if (isTyped) next.set(flag.id, flag);
    else next.delete(flag.id);
    setWritten(next);
  }
  return { shown: [...gone, ...open].sort(byGravity), gone: new Set(gone.map(({ id }) => id)), typed };
}

function Precautions({ list }: { list: Caution['precautions'] }) {
  const t = useTranslations('flags');
  if (list.length === 0) return null;
  return (
    <ul className="contents" aria-label={t('precautions')}>
      {list.map(({ id, title, text }) => (
        <li key={id} className="state care whitespace-normal wrap-anywhere">
          <TriangleAlert size={20} aria-hidden="true" />
          {list.length > 1 ? t('precautionOf', { title, text }) : text}
        </li>
      ))}
    </ul>
  );
}

function Ring({ caution: { name, phone } }: { caution: Caution }) {
  const t = useTranslations('flags');
  if (!phone) return <p className="muted">{t('noNumber')}</p>;
  return (
    <PhoneLink phone={phone} className="btn quiet min-h-12 max-w-full whitespace-normal">
      {t('ring', { name, phone })}
    </PhoneLink>
  );
}
