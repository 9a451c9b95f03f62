'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useTranslations } from '#client/device/words/translations';
import { ChoosePatient, ThisPatient } from '#components/visit/choose-patient';
import { type Booked, type FormStart, ScheduleForm } from '#components/visit/schedule';
import { useVisitTypeName } from '#components/visit/type-name';
import { NOTHING_TYPED } from '#components/visit/visit-time';
import { localDay } from '#domain/time/local-day';
import { clockOf, type WallTime } from '#domain/time/wall-time';
import type { Placed } from '#domain/visit/week-grid';
import { MovingBlock, Slot } from './aimed';
import { AskedFor } from './asked-for';
import { BookedSaid } from './booked-said';
import { DayColumn } from './day-column';
import { AimSaid, MoveOutcome, MovePanel, useHindrance } from './move-panel';
import { SpanBar } from './span-bar';
import { useDrag } from './use-drag';
import { type Moving, useMoving } from './use-moving';
import { useView } from './use-view';
import { type GridVisit, useWeek } from './use-week';
import { VisitBlock } from './visit-block';
import { VisitPanel } from './visit-panel';
import { WaitingCards } from './waiting-card';
import { Legend, WeekGrid } from './week-grid';

type Slotted = { at: number; minutes: number } | null;

export function SchedulePage() {
  const nowMs = useMinute();
  const { view, today, timeZone, show, goTo, follow } = useView();
  const moving = useMoving({ timeZone, follow });
  const { aim, at } = moving;
  const [slot, setSlot] = useState<Slotted>(null);
  const also = [...(at === null ? [] : [localDay(at, timeZone)]), view.day];
  const week = useWeek(view.monday, timeZone, also);
  const form = useFormStart();
  const grid = useRef<HTMLElement>(null);
  const hindrance = useHindrance(aim, at, week);
  const drag = useDrag({
    grid,
    hours: week.hours,
    onAim: moving.drag,
    onDrop: moving.ask,
    onGiveBack: moving.giveBack,
  });
  const [openId, setOpenId] = useOpenVisit(week.visits);
  const { waiting, counts, typeName } = useBesides();

  function close(visit: GridVisit) {
    setOpenId(null);
    document.getElementById(`visit-${visit.id}`)?.focus();
  }
  function giveBack() {
    const id = aim?.visit.id;
    moving.giveBack();
    if (id) document.getElementById(`visit-${id}`)?.focus();
  }
  const mover = { ...moving, giveBack };

  function block(place: Placed) {
    const visit = week.visits.find(({ id }) => id === place.id);
    if (!visit) return null;
    const column = week.days.indexOf(place.day);
    const isOpen = openId === visit.id && place.begins;
    const middle = (week.hours.from + week.hours.until) * 30;
    return (
      <VisitBlock
        key={place.id}
        {...{ visit, place, timeZone, nowMs, isOpen }}
        typeName={typeName(visit)}
        isWaiting={waiting.some(({ visitId }) => visitId === visit.id)}
        isHeld={aim?.visit.id === visit.id}
        onPointerDown={(event) => drag.onPointerDown(event, visit)}
        onPress={() => {
          // A second press of a hand that trembles leaves it open; Escape and its own button close it.
          if (!drag.wasDragged()) setOpenId(visit.id);
        }}
        panel={
          isOpen ? (
            <VisitPanel
              {...{ visit, nowMs }}
              typeName={typeName(visit)}
              isBefore={column >= week.days.length / 2}
              isUp={place.from > middle}
              onClose={() => close(visit)}
              onMove={() => {
                setOpenId(null);
                moving.begin(visit);
              }}
              onAgain={() => {
                setOpenId(null);
                form.planAgain(visit);
              }}
            />
          ) : null
        }
      />
    );
  }

  return (
    <main
      className="sch grid w-full grid-cols-1 content-start gap-8 px-4 py-5 md:px-8 xl:grid-cols-[minmax(0,1fr)_372px]"
      data-view={view.kind}
    >
      <div className="min-w-0">
        <SpanBar {...{ view, today, show }} days={week.days} planned={week.isLoading ? null : week.planned} />
        <AimSaid at={aim ? at : null} hindrance={hindrance} />
        <div className="mt-4">
          <WeekGrid
            {...{ grid, view, week }}
            onEmpty={form.at}
            day={(day) => (
              <DayColumn
                key={day}
                {...{ day, week, nowMs, timeZone, block }}
                isChosen={day === view.day}
                toReview={counts?.waiting ?? 0}
              />
            )}
          >
            {aim && at !== null ? (
              <MovingBlock
                {...{ aim, at, week, timeZone }}
                isTaken={hindrance?.isTaken ?? false}
                onStep={moving.step}
                onKeep={moving.ask}
                onGiveBack={giveBack}
              />
            ) : null}
            {!aim && slot ? <Slot {...slot} {...{ week, timeZone }} /> : null}
          </WeekGrid>
        </div>
        <Foot />
      </div>
      <Side
        {...{ nowMs, form, hindrance }}
        moving={mover}
        onSlot={setSlot}
        onShow={(at) => goTo(localDay(at, timeZone))}
      />
    </main>
  );
}

/** What is read beside the week: who waits, what is to be answered, what types of visit are called. */
function useBesides() {
  const trpc = useTRPC();
  const { data: waiting = [] } = useQuery(trpc.visits.waitingNow.queryOptions());
  const { data: counts } = useQuery(trpc.caseload.counts.queryOptions());
  const { data: types } = useQuery(trpc.visits.types.queryOptions());
  const typeName = useVisitTypeName(types);
  return { waiting, counts, typeName };
}

function Foot() {
  const t = useTranslations('schedule.page');
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <Legend />
      <Link className="link inline-flex min-h-12 items-center" href="/schedule/hours" prefetch={false}>
        {t('ownHours')}
      </Link>
    </div>
  );
}

type SideProps = {
  nowMs: number;
  moving: Moving;
  hindrance: ReturnType<typeof useHindrance>;
  form: ReturnType<typeof useFormStart>;
  onSlot(slot: Slotted): void;
  onShow(at: number): void;
};

/** Beside the days: who waits, the visit that is moved, the form, what patients ask for. */
function Side({ nowMs, moving, hindrance, form, onSlot, onShow }: SideProps) {
  const t = useTranslations('schedule.page');
  const [booked, setBooked] = useState<Booked | null>(null);
  return (
    <aside className="grid grid-cols-1 content-start gap-5">
      <WaitingCards nowMs={nowMs} />
      <MoveOutcome outcome={moving.outcome} moving={moving} />
      <MovePanel moving={moving} hindrance={hindrance} />
      <BookedSaid booked={booked} onShow={onShow} />
      <ScheduleForm
        title={t('schedule')}
        key={form.key}
        start={form.start}
        choice={(onChoose) =>
          form.start.patient ? (
            <ThisPatient patientId={form.start.patient.id} name={form.start.patient.name} onChoose={onChoose} />
          ) : (
            <ChoosePatient onChoose={onChoose} />
          )
        }
        onSlot={onSlot}
        onDone={(done) => {
          setBooked(done);
          form.anew();
        }}
      />
      <AskedFor />
    </aside>
  );
}

/** The visit whose panel stands open. One that leaves the calendar meanwhile takes its panel along, and the focus stays near. */
function useOpenVisit(visits: readonly GridVisit[]) {
  const [openId, setOpenId] = useState<string | null>(null);
  const isGone = openId !== null && !visits.some(({ id }) => id === openId);
  useEffect(() => {
    if (!isGone) return;
    setOpenId(null);
    if (document.activeElement === document.body) document.getElementById('shown-days')?.focus();
  }, [isGone]);
  return [openId, setOpenId] as const;
}

/** With what the form begins: nothing, a place of the grid that was pressed, or a visit that is planned once more. */
function useFormStart() {
  const [{ start, key }, set] = useState<{ start: FormStart; key: number }>({ start: {}, key: 0 });
  return {
    ...{ start, key },
    at: ({ day, minutes }: WallTime) =>
      // The form stays as it is: only its day and time are others.
      set((now) => ({ ...now, start: { ...now.start, typed: { ...NOTHING_TYPED, day, time: clockOf(minutes) } } })),
    planAgain: (visit: GridVisit) =>
      set((now) => ({
        start: { patient: { id: visit.patientId, name: visit.patientName }, like: visit },
        key: now.key + 1,
      })),
    anew: () => set((now) => ({ start: {}, key: now.key + 1 })),
  };
}
