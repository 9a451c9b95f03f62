import 'server-only';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Policy } from '#domain/people/access';
import type { Whose } from './whose';

export type RecordTable = {
  readonly table: PgTable;
  readonly whose: Whose;
  /** Who gets its rows in an export. `clinic`: team notes and what is about others; `nobody`: secrets and bookkeeping. */
  readonly exported: 'patient' | 'clinic' | 'nobody';
  /** What the patient's own export leaves out of the rows that it has, such as what others said. */
  readonly forPatient?: Whose;
  /** Fields that the patient's own export leaves out: what the team wrote for itself in rows that are theirs. */
  readonly omitForPatient?: readonly string[];
  /** Fields that no export holds: secrets, and where a file lies. */
  readonly omit?: readonly string[];
  /**
   * `kept`: it holds ids alone and stands for who did what; the id leads to nobody once the person is erased.
   */
  readonly erased: 'deleted' | 'deleted with the account' | 'blanked' | 'kept';
  /** Until when its rows stay where nobody erases the person. */
  readonly kept: 'as the record' | 'by a keeping time' | 'until used or over';
  /** By which policy its rows are read; null where no procedure shows them. */
  readonly readBy: Policy | null;
};

/** What the patient's own export has, and an erasure deletes. */
export const clinical = { exported: 'patient', erased: 'deleted', kept: 'as the record' } as const;
export const ofTheClinic = { exported: 'clinic', erased: 'deleted', kept: 'as the record' } as const;
