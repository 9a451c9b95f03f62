import 'server-only';
import type { Body, Db } from '#db/body';
import { hasOpenFlag } from '#db/queries/practice/flags';
import { doseOf, listPrescriptions, type PrescriptionRow } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import { type Prescribed, raisedLineages } from '#domain/program/raise';

type Raise = {
  scope: PatientScope;
  /** Null where nothing was prescribed before. */
  currentId: string | null;
  rows: readonly PrescriptionRow[];
  reason: string | null;
};

const prescribed = (row: PrescriptionRow): Prescribed => ({ ...row, dose: doseOf(row) });

/** Why more is asked while a flag of the patient is open: to be kept with the version; null where the question does not arise. */
export function* reasonToRaise(d: Db, { scope, currentId, rows, reason }: Raise): Body<string | null> {
  if (!(yield* hasOpenFlag(d, scope))) return null;
  const before = currentId === null ? [] : yield* listPrescriptions(d, { versionIds: [currentId] });
  if (raisedLineages(before.map(prescribed), rows.map(prescribed)).length === 0) return null;
  if (reason === null) throw new Failure('BAD_REQUEST', 'flag_reason_needed');
  return reason;
}
