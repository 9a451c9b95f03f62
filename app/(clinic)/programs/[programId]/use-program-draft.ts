'use client';

import { useReducer } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Outputs } from '#client/trpc';
import type { Dose } from '#domain/dose';
import type { PrescriptionInput } from '#domain/program';

export type LibraryExercise = Outputs['exercises']['list'][number];
export type Version = Outputs['programs']['get']['versions'][number];

export type Edit =
  | { type: 'add'; exercise: LibraryExercise; side: PrescriptionInput['side'] }
  | { type: 'remove'; lineageId: string }
  | { type: 'move'; lineageId: string; by: -1 | 1 }
  | { type: 'change'; lineageId: string; change: Partial<Omit<PrescriptionInput, 'lineageId'>> }
  | { type: 'dose'; lineageId: string; change: Partial<Dose> };

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

function edit(list: PrescriptionInput[], action: Edit): PrescriptionInput[] {
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

/** What the editor begins with: a draft that was saved, else the version in force. */
function begin(version: Version | undefined): PrescriptionInput[] {
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

export function useProgramDraft(start: Version | undefined) {
  return useReducer(edit, start, begin);
}
