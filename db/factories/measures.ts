import { v7 as uuidv7 } from 'uuid';
import { insertMeasure } from '#db/queries/record/measures';
import type { MeasureInput } from '#domain/record/measure-input';
import type { Body, Db } from '../body';

/** A measure of a hand, entered by hand at `at` (epoch ms): a grip of one Jamar unless told otherwise. */
type MeasureSpec = Partial<MeasureInput> & {
  clinicId: string;
  patientId: string;
  episodeId: string;
  enteredBy: string;
  at: number;
};

export function* makeMeasure(d: Db, { at, ...spec }: MeasureSpec): Body<string> {
  const id = spec.id ?? uuidv7();
  yield* insertMeasure(d, {
    ...{ kind: 'grip', side: 'right', digit: null, joint: null, motion: null, activity: null, site: null },
    ...{ method: 'dynamometer', device: 'Jamar 2', posture: 'asht', handle: 2, statistic: 'mean', trials: null },
    ...{ value: null, choice: null, note: null, stoppedFor: null, assessmentId: null, visitId: null },
    ...{ measuredAt: at, measuredTimeZone: 'Europe/London', receivedAt: at, isVoid: false, isCurrent: true },
    ...spec,
    id,
  });
  return id;
}

/** What a joint has in place of a grip's fields: by a goniometer, active, the middle joint of the index bent. */
export const A_JOINT = {
  ...{ kind: 'joint', digit: 'index', joint: 'pip', motion: 'flexion', activity: 'active', method: 'goniometer' },
  ...{ device: null, posture: null, handle: null, statistic: null, trials: null },
} as const satisfies Partial<MeasureInput>;
