'use client';

import { type Dispatch, useEffect, useReducer, useRef } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Outputs } from '#client/api/trpc';
import type { Dose } from '#domain/program/dose';
import type { PrescriptionInput, SaveDraft } from '#domain/program/draft';
import { rebased } from '#domain/program/rebase';

export type LibraryExercise = Outputs['exercises']['list'][number];
export type Program = Outputs['programs']['get'];
export type Version = Program['versions'][number];

export type Edit =
  | { type: 'add'; exercise: LibraryExercise; side: PrescriptionInput['side'] }
  | { type: 'remove'; lineageId: string }
  | { type: 'move'; lineageId: string; by: -1 | 1 }
  | { type: 'change'; lineageId: string; change: Partial<Omit<PrescriptionInput, 'lineageId'>> }
  | { type: 'dose'; lineageId: string; change: Partial<Dose> };

/** What happens to the draft as a whole; each leaves the version it is based on where it is, or moves it on purpose. */
export type DraftStep =
  | { type: 'edit'; edit: Edit }
  | { type: 'reason'; reason: string }
  | { type: 'restore'; draft: SaveDraft }
  | { type: 'saved'; draft: SaveDraft }
  | { type: 'published'; number: number }
  | { type: 'rebase'; program: Program; ownId: string }
  | { type: 'take'; program: Program }
  | { type: 'replace'; seen: SaveDraft['replaces'] };

/**
 * `touched` is false until something is changed here: until then the draft follows what the server has. `unsaved` is true
 * from a change until the server has it.
 */
export type DraftState = { draft: SaveDraft; touched: boolean; unsaved: boolean };

function added(exercise: LibraryExercise, side: PrescriptionInput['side']): PrescriptionInput {
  return {
    lineageId: uuidv7(),
    exerciseVersionId: exercise.exerciseVersionId,
    side,
    digits: [],
    dose: exercise.defaultDose,
    notePatient: null,
    fromOn: null,
    untilOn: null,
    overrideReason: null,
  };
}

function moved(list: readonly PrescriptionInput[], lineageId: string, by: -1 | 1): PrescriptionInput[] {
  const from = list.findIndex((one) => one.lineageId === lineageId);
  const to = from + by;
  const one = list[from];
  if (!one || to < 0 || to >= list.length) return [...list];
  const without = list.filter((other) => other.lineageId !== lineageId);
  return [...without.slice(0, to), one, ...without.slice(to)];
}

function edited(list: PrescriptionInput[], action: Edit): PrescriptionInput[] {
  switch (action.type) {
    case 'add':
      return [...list, added(action.exercise, action.side)];
    case 'remove':
      return list.filter((one) => one.lineageId !== action.lineageId);
    case 'move':
      return moved(list, action.lineageId, action.by);
    case 'change':
      return list.map((one) => (one.lineageId === action.lineageId ? { ...one, ...action.change } : one));
    case 'dose':
      return list.map((one) =>
        one.lineageId === action.lineageId ? { ...one, dose: { ...one.dose, ...action.change } } : one,
      );
  }
}

/** What was published, as it is edited. */
export function inputsOf(version: Version | undefined): PrescriptionInput[] {
  return (version?.prescriptions ?? []).map((row) => ({
    lineageId: row.lineageId,
    exerciseVersionId: row.exerciseVersionId,
    side: row.side,
    digits: row.digits as PrescriptionInput['digits'],
    dose: row.dose,
    notePatient: row.notePatient,
    fromOn: row.fromOn,
    untilOn: row.untilOn,
    overrideReason: row.overrideReason,
  }));
}

export const currentOf = ({ versions }: Program) => versions.find((version) => version.state === 'published');
const draftOf = ({ versions }: Program) => versions.find((version) => version.state === 'draft');

/** What the editor begins with: a draft that was saved, else the version in force. The base stays what it is now. */
function begin(program: Program): SaveDraft {
  const draft = draftOf(program);
  return {
    programId: program.program.id,
    basedOnNumber: currentOf(program)?.number ?? 0,
    draftId: uuidv7(),
    replaces: draft ? { draftId: draft.id, savedAt: draft.createdAt } : null,
    reason: draft?.reason ?? '',
    prescriptions: inputsOf(draft ?? currentOf(program)),
  };
}

/** One's own changes on the version that was published meanwhile. One's own saved draft goes into them. */
function onNewest(draft: SaveDraft, program: Program, ownId: string): SaveDraft {
  const base = program.versions.find(({ number, state }) => number === draft.basedOnNumber && state !== 'draft');
  const begun = begin(program);
  const prescriptions = rebased(inputsOf(base), draft.prescriptions, inputsOf(currentOf(program)));
  const replaces = draftOf(program)?.createdBy === ownId ? begun.replaces : null;
  return { ...begun, reason: draft.reason, prescriptions, replaces };
}

const changed = (draft: SaveDraft): DraftState => ({ draft, touched: true, unsaved: true });

function next(state: DraftState, step: DraftStep): DraftState {
  const { draft } = state;
  switch (step.type) {
    case 'edit':
      return changed({ ...draft, prescriptions: edited(draft.prescriptions, step.edit) });
    case 'reason':
      return changed({ ...draft, reason: step.reason });
    case 'restore':
      return changed(step.draft);
    case 'saved':
      return { ...state, unsaved: state.unsaved && draft !== step.draft };
    case 'published': {
      const begun = { basedOnNumber: step.number, draftId: uuidv7(), replaces: null, reason: '' };
      return { ...state, touched: state.unsaved, draft: { ...draft, ...begun } };
    }
    case 'rebase':
      return changed(onNewest(draft, step.program, step.ownId));
    case 'take':
      return { draft: begin(step.program), touched: false, unsaved: false };
    case 'replace':
      return changed({ ...draft, replaces: step.seen });
  }
}

/** The draft of this window. Once it is changed here, what others save never changes what it is based on. */
export function useProgramDraft(program: Program): [DraftState, Dispatch<DraftStep>] {
  const [state, step] = useReducer(next, program, (start): DraftState => {
    return { draft: begin(start), touched: false, unsaved: false };
  });
  const { touched } = state;
  const seen = useRef(program);
  useEffect(() => {
    if (seen.current === program) return;
    seen.current = program;
    if (!touched && (currentOf(program)?.number ?? 0) >= state.draft.basedOnNumber) step({ type: 'take', program });
  }, [program, touched, state.draft.basedOnNumber]);
  return [state, step];
}

/** What others did since this draft was begun: a newer version, or another draft beside it. */
export type Meanwhile =
  | { kind: 'version'; number: number; by: string | null; reason: string }
  | { kind: 'draft'; seen: NonNullable<SaveDraft['replaces']>; by: string | null; isOwn: boolean };

export function meanwhileOf(program: Program, draft: SaveDraft, ownId: string): Meanwhile | null {
  const current = currentOf(program);
  if (current && current.number > draft.basedOnNumber)
    return { kind: 'version', number: current.number, by: current.publishedByName, reason: current.reason };
  const other = draftOf(program);
  if (!other || other.id === draft.draftId || other.number !== draft.basedOnNumber + 1) return null;
  const seen = { draftId: other.id, savedAt: other.createdAt };
  if (seen.draftId === draft.replaces?.draftId && seen.savedAt === draft.replaces.savedAt) return null;
  return { kind: 'draft', seen, by: program.draftBy, isOwn: other.createdBy === ownId };
}
