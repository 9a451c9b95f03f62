'use client';

import type { CSSProperties, PointerEvent, ReactNode } from 'react';
import { useWhenIn } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ModeIcon } from '#components/visit/mode';
import { MINUTE_MS } from '#domain/time/duration';
import { instantsOf, wallTime } from '#domain/time/wall-time';
import { isOverdue } from '#domain/visit/lifecycle';
import type { Placed } from '#domain/visit/week-grid';
import type { GridVisit } from './use-week';

type BlockState = { nowMs: number; isWaiting: boolean; isOpen: boolean; isHeld: boolean };

type BlockProps = BlockState & {
  visit: GridVisit;
  place: Placed;
  typeName: string;
  timeZone: string;
  onPress(): void;
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  /** Stands beside it while the visit is open. */
  panel: ReactNode;
};

/** Where a part of a day's lane is, for the sheet of styles. */
export const placeStyle = (from: number, until: number): CSSProperties =>
  ({ '--at': from, '--lasts': until - from }) as CSSProperties;

/** One visit on its day: pressed it opens, drawn it moves. */
export function VisitBlock({ visit, place, typeName, timeZone, panel, onPress, ...props }: BlockProps) {
  const { nowMs, isWaiting, isOpen, isHeld, onPointerDown } = props;
  const t = useTranslations('schedule.grid');
  const words = useBlockWords(visit, { nowMs, isWaiting, timeZone });
  const endsAt = visit.startsAt + visit.durationMinutes * MINUTE_MS;
  const isPast =
    visit.state === 'ended' || visit.state === 'no_show' || (visit.state === 'scheduled' && endsAt <= nowMs);
  const style = { ...placeStyle(place.from, place.until), '--lane': place.lane, '--lanes': place.lanes };
  return (
    <li className="wk-at ev-place" style={style as CSSProperties} data-open={isOpen || undefined}>
      <button
        type="button"
        className="ev"
        id={place.begins ? `visit-${visit.id}` : undefined}
        data-mode={visit.mode}
        data-past={isPast || undefined}
        data-waiting={isWaiting || undefined}
        data-held={isHeld || undefined}
        aria-expanded={isOpen}
        onClick={onPress}
        onPointerDown={onPointerDown}
      >
        <b>
          <ModeIcon mode={visit.mode} size={14} />
          <span>
            {t.rich('block', {
              ...{ name: visit.patientName, what: isWaiting ? t('waiting') : typeName },
              em: (words) => <em>{words}</em>,
            })}
          </span>
        </b>
        <small aria-hidden="true">{words.second}</small>
        <span className="vh">{words.read}</span>
      </button>
      {panel}
    </li>
  );
}

/** What a block says: in its second line, and in all to somebody who does not see where it stands. */
function useBlockWords(
  visit: GridVisit,
  { nowMs, isWaiting, timeZone }: { nowMs: number; isWaiting: boolean; timeZone: string },
) {
  const t = useTranslations('schedule.grid');
  const p = useTranslations('schedule.page');
  const when = useWhenIn();
  const { startsAt, durationMinutes: count, patientName: name, patientTimeZone } = visit;
  const isTwice = instantsOf(wallTime(startsAt, timeZone), timeZone).kind === 'twice';
  const own = isTwice ? `${when(null)(startsAt)} (${when(null)(startsAt, 'named')})` : when(null)(startsAt);
  const theirs = when(patientTimeZone)(startsAt, 'weekday');
  const isOther = theirs !== when(null)(startsAt, 'weekday');
  const state = isWaiting ? t('waiting') : p(`state.${isOverdue(visit, nowMs) ? 'overdue' : visit.state}`);
  const read = t('read', { when: own, count, mode: t(`mode.${visit.mode}`), state });
  return {
    second: isOther
      ? t('theirTime', { when: when(patientTimeZone)(startsAt, 'time') })
      : (visit.purpose ?? when(null)(startsAt, 'time')),
    read: isOther ? `${read} ${p('patientReads', { name, when: theirs })}.` : read,
  };
}
