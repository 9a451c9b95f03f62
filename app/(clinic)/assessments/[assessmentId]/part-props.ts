import type { Assessment } from '#client/record/use-assessment';
import type { MeasureWords } from '#client/record/use-measure-words';
import type { ForceUnit } from '#domain/record/units';

/** What each part of the form gets. */
export type PartProps = {
  patientId: string;
  assessmentId: string;
  assessment: Assessment;
  words: MeasureWords;
  unit: ForceUnit;
};
