'use client';

import { ChevronDown, Plus, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useBreakingNames } from '#components/record/break-words';
import { programBreaks } from '#components/record/program-breaks';
import { useRestrictionWords } from '#components/record/restriction-words';
import { type Pinned, type StandingRestriction, usePinned } from '#components/record/use-pinned';
import { PastRestrictions } from './history';
import { LiftRestriction } from './lift-restriction';
import { RestrictionForm } from './restriction-form';

/** Stable, so that React calls it once: when the button comes back after the form. */
const focus = (button: HTMLButtonElement | null) => button?.focus();

type State = 'first' | 'writing' | 'kept' | 'saved' | 'lifted';

/** What the hand must not do, under the name of whose it is; set, changed and lifted in place by the care team. */
export function Restrictions({ patientId }: { patientId: string }) {
  const t = useTranslations('restrictions');
  const pinned = usePinned(patientId);
  const [state, setState] = useState<State>('first');
  if (!pinned) return null;
  const { restrictions, mayWrite } = pinned;
  const said = state === 'saved' || state === 'lifted' ? t(state) : '';
  return (
    <section className="mt-3 grid grid-cols-1 gap-2" aria-label={t('title')}>
      {restrictions.length > 0 ? (
        <ul className="flex flex-wrap items-start gap-2" aria-label={t('pinned')}>
          {restrictions.map((one) => (
            <Standing key={one.id} one={one} pinned={pinned} patientId={patientId} onDone={setState} />
          ))}
        </ul>
      ) : null}
      <Breaks pinned={pinned} />
      <div className="flex flex-wrap items-start gap-2">
        {mayWrite && state !== 'writing' ? (
          <button
            type="button"
            ref={state === 'first' ? undefined : focus}
            className="btn quiet min-h-12"
            onClick={() => setState('writing')}
          >
            <Plus size={20} aria-hidden="true" /> {t('add')}
          </button>
        ) : null}
        <PastRestrictions patientId={patientId} today={pinned.day} />
      </div>
      {state === 'writing' ? (
        <RestrictionForm patientId={patientId} replaces={null} today={pinned.day} onClose={setState} />
      ) : null}
      <p role="status" className={said ? 'text-good' : 'vh'}>
        {said}
      </p>
    </section>
  );
}

type StandingProps = {
  one: StandingRestriction;
  pinned: Pinned;
  patientId: string;
  onDone(state: 'saved' | 'lifted'): void;
};

/** One chip; opened, it says who set it and why, and what can be done about it. */
function Standing({ one, pinned, patientId, onDone }: StandingProps) {
  const t = useTranslations('restrictions');
  const when = useWhen(null);
  const [act, setAct] = useState<'change' | 'lift' | null>(null);
  const words = useRestrictionWords()(one, pinned.day);
  const buttons = (['change', 'lift'] as const).map((what) => (
    <button
      key={what}
      type="button"
      className="btn quiet min-h-12"
      aria-label={t(`${what}Named`, { words })}
      onClick={() => setAct(what)}
    >
      {t(what)}
    </button>
  ));
  return (
    <li className="max-w-full">
      <details className="group max-w-full rounded-[24px] border border-care bg-surface open:w-full">
        <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 px-4 font-bold wrap-anywhere">
          <TriangleAlert className="shrink-0 text-care" size={18} aria-hidden="true" />
          {words}
          <ChevronDown className="shrink-0 group-open:rotate-180" size={18} aria-hidden="true" />
        </summary>
        <div className="grid gap-3 px-4 pb-4">
          <p className="small wrap-anywhere">
            {t('setBy', { name: one.setByName, when: when(one.setAt, 'date'), source: one.source })}
          </p>
          {one.note ? <p className="small wrap-anywhere">{one.note}</p> : null}
          {pinned.mayWrite && act === null ? <div className="flex flex-wrap gap-2">{buttons}</div> : null}
          {act === 'change' ? (
            <RestrictionForm
              patientId={patientId}
              replaces={one}
              today={pinned.day}
              onClose={(how) => (how === 'saved' ? onDone('saved') : setAct(null))}
            />
          ) : null}
          {act === 'lift' ? (
            <LiftRestriction
              patientId={patientId}
              restrictionId={one.id}
              onLifted={() => onDone('lifted')}
              onCancel={() => setAct(null)}
            />
          ) : null}
        </div>
      </details>
    </li>
  );
}

/** Which version of which program breaks what, and what that means just now: said at once where it is set. */
function Breaks({ pinned }: { pinned: Pinned }) {
  const t = useTranslations('restrictions');
  const wordsOf = useRestrictionWords();
  const namesOf = useBreakingNames();
  const found = pinned.restrictions.flatMap((one) => programBreaks(pinned, one).map((each) => ({ one, ...each })));
  if (found.length === 0) return null;
  return (
    <ul className="grid gap-2" aria-live="polite">
      {found.map(({ one, program, breaks, isSigned }) => {
        const { programId, number, title } = program;
        const said = { number, title, count: breaks.length, names: namesOf(breaks, program.prescriptions) };
        return (
          <li
            key={`${one.id} ${programId} ${isSigned}`}
            className={isSigned ? 'muted wrap-anywhere' : 'card grid justify-items-start gap-2 border-care p-3'}
          >
            <p className="wrap-anywhere">
              <strong className="block">{wordsOf(one, pinned.day)}</strong>
              {t(isSigned ? 'breaksSigned' : 'breaks', said)}
            </p>
            {isSigned || !pinned.mayWrite ? null : (
              <Link className="btn quiet min-h-12" href={`/programs/${programId}`} prefetch={false}>
                {t('edit')}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
