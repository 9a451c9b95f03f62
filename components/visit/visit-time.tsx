import { type ChangeEvent, useId } from 'react';
import { useReaderZone } from '#client/device/reader-zone';
import { useWallClock, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Segments, TextField } from '#components/form/field';
import { isLocalDay } from '#domain/time/local-day';
import { clockOf, type Instants, instantsOf, minutesOf, wallTime } from '#domain/time/wall-time';

/** What was typed, and by whose clock: the clinician's own, or the patient's. */
export type TypedTime = { day: string; time: string; whose: 'mine' | 'theirs'; which: 'first' | 'second' };

export const NOTHING_TYPED: TypedTime = { day: '', time: '', whose: 'mine', which: 'first' };

type Patient = { name: string; timeZone: string };

/** The zone in which a typed time is read; the own one until the patient is known. */
export function zoneOf({ whose }: TypedTime, patient: Patient | null, readerZone: string | null): string {
  return (whose === 'theirs' ? patient?.timeZone : null) ?? readerZone ?? 'UTC';
}

/** What a typed time means in its zone; null as long as it is not whole. */
export function meantBy({ day, time }: TypedTime, timeZone: string): Instants | null {
  const minutes = minutesOf(time);
  return minutes === null || !isLocalDay(day) ? null : instantsOf({ day, minutes }, timeZone);
}

/** The instant that is meant, epoch ms; null where nothing whole was typed, or a time that does not exist. */
export function instantOf(typed: TypedTime, timeZone: string): number | null {
  const meant = meantBy(typed, timeZone);
  if (meant === null || meant.kind === 'none') return null;
  return meant.kind === 'once' ? meant.at : meant[typed.which];
}

/** An instant as somebody would have typed it, by the clock of a zone that is theirs. */
export function typedAt(atMs: number, timeZone: string): TypedTime {
  const wall = wallTime(atMs, timeZone);
  const found = instantsOf(wall, timeZone);
  const isSecond = found.kind === 'twice' && atMs >= found.second;
  return { day: wall.day, time: clockOf(wall.minutes), whose: 'mine', which: isSecond ? 'second' : 'first' };
}

const inWords = (zone: string) => zone.replaceAll('_', ' ');

type VisitTimeProps = {
  typed: TypedTime;
  onChange(typed: TypedTime): void;
  /** Null as long as nobody is chosen. */
  patient: Patient | null;
  /** What is wrong with it, in words. */
  problem: string | null;
  /** The other side's clock is said elsewhere. */
  isOtherSaid?: boolean;
};

/**
 * A day and a time in a zone that is named, as parts of a form of two columns, with what the other side's clock shows then. A time that the clocks skip, or
 * show twice, is said as it is typed.
 */
export function VisitTime({ typed, onChange, patient, problem, isOtherSaid = false }: VisitTimeProps) {
  const t = useTranslations('schedule.page');
  const readerZone = useReaderZone() ?? 'UTC';
  const zone = zoneOf(typed, patient, readerZone);
  const set = (change: Partial<TypedTime>) => onChange({ ...typed, ...change });
  // Not before something is typed: whose zone it is comes with an answer, and nothing moves under a finger for it.
  const isBegun = typed.day !== '' || typed.time !== '';
  const isTwoZones = isBegun && patient !== null && patient.timeZone !== readerZone;
  const field = (name: 'date' | 'time', typedAs: 'day' | 'time') => ({
    ...{ label: t(name), name, type: name, required: true, value: typed[typedAs] },
    onChange: (event: ChangeEvent<HTMLInputElement>) => set({ [typedAs]: event.target.value }),
  });
  return (
    <>
      {isTwoZones ? (
        <Segments
          legend={t('whose')}
          name="whose"
          value={typed.whose}
          onChange={(whose) => set({ whose })}
          choices={[
            { value: 'mine', label: t('mine', { zone: inWords(readerZone) }) },
            { value: 'theirs', label: t('theirs', { name: patient.name, zone: inWords(patient.timeZone) }) },
          ]}
        />
      ) : null}
      {/* Beside "When", or below it and "Whose clock": in the columns of the form, so that none is left empty. */}
      <div
        className={`grid grid-cols-[repeat(auto-fit,minmax(min(100%,8.25rem),1fr))] gap-4 ${isTwoZones ? '@xl:col-span-2' : ''}`}
      >
        <TextField {...field('date', 'day')} />
        <TextField {...field('time', 'time')} hint={t('inZone', { zone: inWords(zone) })} problem={problem} />
      </div>
      <div className="grid gap-3 empty:hidden @xl:col-span-2">
        <Meaning typed={typed} zone={zone} set={set} />
        {isTwoZones && !isOtherSaid ? <OtherClock typed={typed} zone={zone} patient={patient} /> : null}
      </div>
    </>
  );
}

type MeaningProps = { typed: TypedTime; zone: string; set(change: Partial<TypedTime>): void };

/** That the clocks skip a time, with what it would be; or show it twice, with a choice. */
function Meaning({ typed, zone, set }: MeaningProps) {
  const t = useTranslations('schedule.page');
  const when = useWhen(zone);
  const clock = useWallClock();
  const id = useId();
  const meant = meantBy(typed, zone);
  const minutes = minutesOf(typed.time);
  if (meant === null || meant.kind === 'once' || minutes === null) return null;
  const named = { zone: inWords(zone), time: clock(minutes) };
  if (meant.kind === 'none') {
    const after = wallTime(meant.after, zone);
    const words = clock(after.minutes);
    return (
      <div className="note grid gap-2">
        <p role="alert">{t('none', { ...named, after: words })}</p>
        <button
          type="button"
          className="btn quiet min-h-12 w-fit"
          onClick={() => set({ day: after.day, time: clockOf(after.minutes) })}
        >
          {t('takeAfter', { after: words })}
        </button>
      </div>
    );
  }
  return (
    <div className="note grid gap-2">
      <p role="status" id={id}>
        {t('twice', named)}
      </p>
      <Segments
        legend={t('which')}
        name="which"
        value={typed.which}
        onChange={(which) => set({ which })}
        choices={[
          { value: 'first', label: t('first', { when: when(meant.first, 'named') }) },
          { value: 'second', label: t('second', { when: when(meant.second, 'named') }) },
        ]}
      />
    </div>
  );
}

/** What the clock of the other side shows at that instant. */
function OtherClock({ typed, zone, patient }: { typed: TypedTime; zone: string; patient: Patient }) {
  const t = useTranslations('schedule.page');
  const own = useWhen(null);
  const theirs = useWhen(patient.timeZone);
  const at = instantOf(typed, zone);
  if (at === null) return null;
  return (
    <p role="status">
      {typed.whose === 'mine' ? t('thisIs', { name: patient.name, when: theirs(at) }) : t('youRead', { when: own(at) })}
    </p>
  );
}
