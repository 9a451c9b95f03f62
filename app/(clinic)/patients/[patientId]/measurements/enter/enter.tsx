'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { useMeasureWords } from '#client/record/use-measure-words';
import { Problem, SelectField, TextField } from '#components/form/field';
import { folded } from '#domain/input/folded';
import { CATALOGUE } from '#domain/record/catalogue';
import { recentKinds, usualHow } from '#domain/record/entry';
import { type MeasureKind, measureKindSchema } from '#domain/record/measure';
import { isLocalDay, localDay } from '#domain/time/local-day';
import { instantsOf } from '#domain/time/wall-time';
import type { Measure, Reader } from '../reader';
import { HandCells, JointCells } from './cells';
import { Forbidden } from './forbidden';
import { HowFields } from './how-fields';
import { useEntry, useSaveMeasures } from './use-entry';

/** An earlier day has no hour: its noon there. */
function noonOf(day: string, timeZone: string): number {
  const noon = instantsOf({ day, minutes: 12 * 60 }, timeZone);
  return noon.kind === 'once' ? noon.at : noon.kind === 'twice' ? noon.first : noon.after;
}

type EnterProps = { reader: Reader; measures: readonly Measure[]; onClose(saved: number): void };

/** Stable, so that React calls it once: when the form comes. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('select')?.focus();

/** Devices by name, each once however it was typed, the last one first. */
function devicesOf(measures: readonly Measure[]): string[] {
  const named = measures.flatMap(({ device }) => (device === null ? [] : [[folded(device), device] as const]));
  return [...new Map(named.reverse()).values()].slice(0, 20);
}

/** Measures typed by hand: the test once, both hands, as it was done last time. */
export function EnterMeasure({ reader, measures, onClose }: EnterProps) {
  const t = useTranslations('measures');
  const trpc = useTRPC();
  const { patient, episodes } = reader;
  const [episodeId, setEpisodeId] = useState(episodes.at(-1)?.id ?? '');
  const { data: facts } = useSuspenseQuery(
    trpc.record.testFacts.queryOptions({ patientId: patient.id, episodeId: null }),
  );
  const [how, setHow] = useState(() => usualHow(recentKinds(measures)[0] ?? 'grip', measures));
  const [unit, setUnit] = useState(reader.unit);
  const [day, setDay] = useState(() => localDay(deviceNow(), patient.timeZone));
  const [override, setOverride] = useState<string | null>(null);
  const [wrong, setWrong] = useState<'cells' | 'nothing' | 'doubt' | 'day' | 'reason' | null>(null);
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const words = useMeasureWords(unit);
  const entry = useEntry({ how, unit, measures, facts, isOverridden: override !== null });
  const saving = useSaveMeasures({ patientId: patient.id, episodeId, timeZone: patient.timeZone }, onClose);
  const today = localDay(deviceNow(), patient.timeZone);

  function submit() {
    setChecked(true);
    const offered = entry.cells.filter(({ isForbidden }) => !isForbidden);
    const made = offered.flatMap(({ read }) => (read.state === 'measured' ? [read.measure] : []));
    const found = problem();
    setWrong(found);
    if (found === null)
      saving.save(made, day === today ? null : noonOf(day, patient.timeZone), override?.trim() || null);
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());

    function problem() {
      if (offered.some(({ read }) => read.state === 'wrong')) return 'cells';
      if (offered.some(({ doubt }) => doubt !== null)) return 'doubt';
      if (made.length === 0) return 'nothing';
      if (day > today || !isLocalDay(day)) return 'day';
      return override !== null && override.trim() === '' ? 'reason' : null;
    }
  }

  const props = { entry, unit, words, isChecked, onUnit: setUnit, patientId: patient.id };
  if (episodes.length === 0) return <p className="muted">{t('enter.noEpisode')}</p>;
  return (
    <form
      ref={(element) => {
        if (element && !form.current) focusFirst(element);
        form.current = element;
      }}
      className="card grid grid-cols-1 gap-4 p-4 sm:p-5"
      aria-labelledby="enter"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 id="enter" className="section-title">
        {t('enter.title')}
      </h2>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,14rem),1fr))] items-start gap-3">
        <KindField kind={how.kind} measures={measures} onKind={(kind) => setHow(usualHow(kind, measures))} />
        <TextField
          label={t('enter.day')}
          type="date"
          className="input min-h-12"
          max={today}
          value={day}
          problem={wrong === 'day' ? t('problem.day') : null}
          onChange={({ target }) => setDay(target.value)}
        />
        {episodes.length > 1 ? (
          <SelectField
            label={t('enter.episode')}
            className="input min-h-12"
            value={episodeId}
            onChange={({ target }) => setEpisodeId(target.value)}
          >
            {episodes.map((episode) => (
              <option key={episode.id} value={episode.id}>
                {episode.conditionText}
              </option>
            ))}
          </SelectField>
        ) : null}
      </div>
      <HowFields how={how} unit={unit} words={words} devices={devicesOf(measures)} onHow={setHow} onUnit={setUnit} />
      <p className="muted">
        {t(`protocol.${how.posture === 'southampton' && how.kind === 'grip' ? 'grip_southampton' : how.kind}`)}
      </p>
      <Forbidden
        cells={entry.cells}
        override={override}
        problem={wrong === 'reason' ? t('problem.reason') : null}
        onOverride={setOverride}
      />
      {how.kind === 'joint' ? <JointCells part={how.part} {...props} /> : <HandCells {...props} />}
      <Problem reason={saving.problem} />
      {wrong === 'cells' || wrong === 'nothing' || wrong === 'doubt' ? (
        <p role="alert" className="problem">
          {t(wrong === 'cells' ? 'enter.check' : wrong === 'doubt' ? 'enter.answerDoubt' : 'enter.nothing')}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={saving.isPending}>
          {saving.isPending ? t('enter.saving') : t('enter.save')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={() => onClose(0)}>
          {t('enter.close')}
        </button>
      </div>
    </form>
  );
}

type KindFieldProps = { kind: MeasureKind; measures: readonly Measure[]; onKind(kind: MeasureKind): void };

/** The tests of this person first, then all by their groups. */
function KindField({ kind, measures, onKind }: KindFieldProps) {
  const t = useTranslations('measures');
  const recent = recentKinds(measures);
  const options = (kinds: readonly MeasureKind[]) =>
    kinds.map((one) => (
      <option key={one} value={one}>
        {t(`kind.${one}`)}
      </option>
    ));
  return (
    <SelectField
      label={t('enter.kind')}
      className="input min-h-12"
      value={kind}
      onChange={({ target }) => {
        const chosen = measureKindSchema.safeParse(target.value);
        if (chosen.success) onKind(chosen.data);
      }}
    >
      {recent.length > 0 ? <optgroup label={t('enter.recent')}>{options(recent)}</optgroup> : null}
      {(['motion', 'strength', 'size_feeling', 'pain_findings'] as const).map((group) => (
        <optgroup key={group} label={t(`group.${group}`)}>
          {options(
            CATALOGUE.filter((spec) => spec.group === group && !recent.includes(spec.kind)).map((spec) => spec.kind),
          )}
        </optgroup>
      ))}
    </SelectField>
  );
}
