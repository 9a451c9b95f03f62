'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { dequal } from 'dequal/lite';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { Cautions } from '#components/practice/flags/cautions';
import { RaiseReasonField } from '#components/practice/raise-reason';
import { RestrictionReasonField } from '#components/record/restriction-reason';
import { isolated } from '#domain/input/isolated';
import { ChangedMeanwhile } from './changed-meanwhile';
import { LibraryPanel } from './library-panel';
import { PrescriptionCard } from './prescription-card';
import { type Keeper, useDraftKeeper } from './use-draft-keeper';
import { currentOf, type Edit, inputsOf, meanwhileOf, useProgramDraft } from './use-program-draft';
import { useReasons } from './use-reasons';
import { Versions } from './versions';

type Said = { key: 'published' | 'meanwhile.rebased'; number: number };

/** Search on the left, the program in the middle, its versions at the side; one act publishes. */
export function ProgramEditor({ programId, userId }: { programId: string; userId: string }) {
  const t = useTranslations('programEditor');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.programs.get.queryOptions({ programId }));
  const { data: library } = useSuspenseQuery(trpc.exercises.list.queryOptions());
  const [state, step] = useProgramDraft(data);
  const { draft } = state;
  const list = draft.prescriptions;
  const meanwhile = state.touched ? meanwhileOf(data, draft, userId) : null;
  const keeper = useDraftKeeper(state, step, { userId, paused: meanwhile !== null });
  const publish = useMutation(trpc.programs.publish.mutationOptions());
  const [said, setSaid] = useState<Said | null>(null);
  const current = currentOf(data);
  const { patientId } = data.program;
  const published = publish.error ? problemOf(publish.error).reason : null;
  const exerciseOf = (id: string) => [...library, ...data.exercises].find((one) => one.exerciseVersionId === id);
  const reasons = useReasons({ program: data, list, exerciseOf, refusal: published });
  const isChanged = !dequal(inputsOf(current), list);
  const [isPressed, setPressed] = useState(false);
  const main = useRef<HTMLElement>(null);
  const refusal = keeper.refusal ?? published;
  const isEmpty = list.length === 0;
  // To sign for what is in force is a change of its own.
  const lacks = isEmpty ? 'program_empty' : isChanged || reasons.restricted.isAsked ? null : 'nothing_changed';
  const problem = isPressed && lacks ? lacks : refusal;
  function edit(one: Edit) {
    // What was refused was another draft than the one that is being made now.
    setPressed(false);
    if (refusal !== 'flag_reason_needed' && refusal !== 'restriction_reason_needed') publish.reset();
    step({ type: 'edit', edit: one });
  }

  async function publishNow() {
    setSaid(null);
    setPressed(lacks !== null);
    if (isEmpty) main.current?.querySelector<HTMLElement>('[type="search"]')?.focus();
    if (lacks) return;
    const given = reasons.answer();
    if (!given) return;
    try {
      if (!(await keeper.saveNow())) return;
      const { basedOnNumber, reason } = draft;
      const { number } = await publish.mutateAsync({ programId, basedOnNumber, reason, ...given });
      step({ type: 'published', number });
      keeper.settle();
      setSaid({ key: 'published', number });
    } catch {
      // Shown beside the button or above the list; what was edited stays.
    }
    await queryClient.invalidateQueries();
  }

  function decide(keep: boolean) {
    keeper.settle();
    publish.reset();
    setSaid(keep && meanwhile?.kind === 'version' ? { key: 'meanwhile.rebased', number: meanwhile.number } : null);
    if (!keep) {
      step({ type: 'take', program: data });
    } else if (meanwhile?.kind === 'draft') step({ type: 'replace', seen: meanwhile.seen });
    else step({ type: 'rebase', program: data, ownId: userId });
  }

  return (
    <main
      ref={main}
      className="mx-auto grid w-full grid-cols-1 max-w-[1480px] content-start gap-6 px-4 py-6 md:px-8 lg:grid-cols-[296px_minmax(0,1fr)_300px]"
    >
      <EditorHeader program={data.program} patientName={data.patientName} condition={data.episode.condition} />
      <Cautions patientId={patientId} place="desk" className="lg:col-span-3" />
      {meanwhile ? (
        <ChangedMeanwhile meanwhile={meanwhile} onKeep={() => decide(true)} onTake={() => decide(false)} />
      ) : null}
      <LibraryPanel library={library} onAdd={(exercise) => edit({ type: 'add', exercise, side: data.episode.side })} />
      <section className="grid content-start gap-4" aria-label={t('title')}>
        {list.length === 0 ? <p className="card p-6">{t('none')}</p> : null}
        {list.map((one, index) => (
          <PrescriptionCard
            key={one.lineageId}
            prescription={one}
            exercise={exerciseOf(one.exerciseVersionId)}
            before={current?.prescriptions.find((row) => row.lineageId === one.lineageId)?.dose ?? null}
            surgeryOn={data.episode.surgeryOn}
            broken={reasons.restricted.brokenBy(one.lineageId)}
            today={data.today}
            isFirst={index === 0}
            isLast={index === list.length - 1}
            edit={edit}
          />
        ))}
      </section>
      <aside className="grid content-start gap-4">
        <div className="card sticky top-4 grid gap-4 p-4">
          <TextField
            label={t('reason')}
            hint={t('reasonHint')}
            value={draft.reason}
            maxLength={500}
            onChange={(event) => step({ type: 'reason', reason: event.target.value })}
          />
          <RaiseReasonField raise={reasons.raise} />
          <RestrictionReasonField reason={reasons.restricted} />
          <Problem reason={meanwhile ? null : problem} />
          <button
            type="button"
            className="btn primary min-h-12"
            aria-busy={publish.isPending}
            onClick={() => void publishNow()}
          >
            {publish.isPending ? t('publishing') : t('publish')}
          </button>
          <p role="status" className="small">
            {said ? t(said.key, { number: said.number }) : ''}
          </p>
          <DraftLine unsaved={state.unsaved} keeper={keeper} />
        </div>
        <Versions program={data} />
      </aside>
    </main>
  );
}

type HeaderProps = { program: { title: string; patientId: string }; patientName: string; condition: string };

/** Whose program it is comes first: two people may have one of the same name. */
function EditorHeader({ program, patientName, condition }: HeaderProps) {
  return (
    <header className="lg:col-span-3">
      <title>{`${isolated(patientName)}, ${program.title} · Regrasp`}</title>
      <p className="flex flex-wrap items-center gap-x-2 wrap-anywhere">
        <Link className="link inline-flex min-h-12 items-center font-bold" href={`/patients/${program.patientId}`}>
          <bdi>{patientName}</bdi>
        </Link>
        {condition}
      </p>
      <h1 className="page-title">{program.title}</h1>
    </header>
  );
}

/** Where the draft is just now: nothing is said until something was changed. */
function DraftLine({ unsaved, keeper }: { unsaved: boolean; keeper: Keeper }) {
  const t = useTranslations('programEditor');
  const saved = keeper.saved && !unsaved ? t('saved') : '';
  const waits = unsaved && keeper.refusal !== null ? t('notSaved') : saved;
  return (
    <p role="status" className="muted small">
      {keeper.saving ? t('saving') : waits}
    </p>
  );
}
