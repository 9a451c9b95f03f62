'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ClipboardPen } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceNow } from '#client/api/device-clock';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, SelectField, TextField } from '#components/form/field';
import { CONDITIONS, type Condition, TEMPLATES, type Template } from '#domain/record/assessment';
import { isLocalDay, localDay } from '#domain/time/local-day';

type Reader = Pick<Outputs['patients']['get'], 'patient' | 'episodes'>;
type Listed = Outputs['assessments']['ofPatient'][number];

/** Begins an assessment or goes on with the one that is being written; says when the next is due, and what was signed. */
export function Assessments({ reader }: { reader: Reader }) {
  const t = useTranslations('assessment');
  const dayName = useDayName();
  const { patient, episodes } = reader;
  const { data: listed = [] } = useQuery(useTRPC().assessments.ofPatient.queryOptions({ patientId: patient.id }));
  const [isStarting, setStarting] = useState(false);
  const open = episodes.filter(({ closedAt }) => closedAt === null);
  const draft = listed.find(({ state }) => state === 'draft');
  const due = listed.find(({ state, nextDueOn }) => state === 'done' && nextDueOn !== null)?.nextDueOn ?? null;
  const signed = listed.filter(({ state }) => state === 'done');
  return (
    <section className="grid gap-3" aria-labelledby="assessments">
      <h2 id="assessments" className="vh">
        {t('list')}
      </h2>
      <div className="flex flex-wrap items-center gap-2">
        {draft ? (
          <Link className="btn primary min-h-12" href={`/assessments/${draft.id}`} prefetch={false}>
            <ClipboardPen aria-hidden="true" size={19} /> {t('goOn', { day: dayName(draft.localOn) })}
          </Link>
        ) : open.length === 0 || isStarting ? null : (
          <button type="button" className="btn quiet min-h-12" onClick={() => setStarting(true)}>
            <ClipboardPen aria-hidden="true" size={19} />{' '}
            {signed.length === 0
              ? t('startFirst')
              : due === null
                ? t('startAgain')
                : t('startDue', { day: dayName(due) })}
          </button>
        )}
        {signed.slice(0, 3).map((one) => (
          <SignedLink key={one.id} one={one} />
        ))}
      </div>
      {isStarting ? (
        <StartForm reader={{ patient, episodes: open }} signed={signed} onClose={() => setStarting(false)} />
      ) : null}
    </section>
  );
}

function SignedLink({ one }: { one: Listed }) {
  const t = useTranslations('assessment');
  const dayName = useDayName();
  return (
    <Link className="btn plain min-h-12" href={`/assessments/${one.id}`} prefetch={false}>
      {t('ofDay', { template: one.template, day: dayName(one.localOn) })}
    </Link>
  );
}

type StartProps = { reader: Reader; signed: readonly Listed[]; onClose(): void };

function StartForm({ reader, signed, onClose }: StartProps) {
  const t = useTranslations('assessment');
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { patient, episodes } = reader;
  const today = localDay(deviceNow(), patient.timeZone);
  const [episodeId, setEpisodeId] = useState(episodes.at(-1)?.id ?? '');
  const ofEpisode = signed.filter((one) => one.episodeId === episodeId);
  const [template, setTemplate] = useState<Template>(ofEpisode.length === 0 ? 'first' : 're_assessment');
  const [condition, setCondition] = useState<Condition>((ofEpisode[0]?.condition as Condition) ?? 'fracture');
  const [day, setDay] = useState(today);
  const [isDayWrong, setDayWrong] = useState(false);
  const id = useRef(uuidv7());
  const start = useMutation(
    trpc.assessments.start.mutationOptions({
      onSuccess: async ({ assessmentId }) => {
        await queryClient.invalidateQueries({
          queryKey: trpc.assessments.ofPatient.queryKey({ patientId: patient.id }),
        });
        router.push(`/assessments/${assessmentId}`);
      },
    }),
  );

  function submit() {
    const isWrong = !isLocalDay(day) || day > today;
    setDayWrong(isWrong);
    if (isWrong || start.isPending) return;
    const { timeZone } = patient;
    start.mutate({
      assessmentId: id.current,
      patientId: patient.id,
      episodeId,
      template,
      condition,
      localOn: day,
      timeZone,
    });
  }

  return (
    <form
      className="card grid max-w-[640px] gap-4 p-4"
      aria-label={t('start')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {episodes.length > 1 ? (
        <SelectField
          label={t('episode')}
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
      <Segments
        legend={t('which')}
        name="template"
        value={template}
        choices={TEMPLATES.map((value) => ({ value, label: t(`title.${value}`) }))}
        onChange={setTemplate}
      />
      <SelectField
        label={t('conditionLabel')}
        hint={t('conditionHint')}
        className="input min-h-12"
        value={condition}
        onChange={({ target }) => setCondition(CONDITIONS.find((one) => one === target.value) ?? 'other')}
      >
        {CONDITIONS.map((one) => (
          <option key={one} value={one}>
            {t(`condition.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('day')}
        hint={t('dayHint')}
        type="date"
        className="input min-h-12"
        max={today}
        value={day}
        problem={isDayWrong ? t('dayWrong') : null}
        onChange={({ target }) => setDay(target.value)}
      />
      <Problem reason={start.error ? problemOf(start.error).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={start.isPending}>
          {t('begin')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
