import 'server-only';
import { goalRatings, goals } from '#db/schema/goals';
import { assessmentEntries, assessments, measures, restrictions } from '#db/schema/measures';
import { clinical, ofTheClinic, type RecordTable } from './record-table';
import { own } from './whose';

/** What therapy is steered by, children before parents: a part of `RECORD_TABLES`. */
export const THERAPY_TABLES = {
  measures: {
    ...clinical,
    table: measures,
    whose: own(measures.patientId),
    // Why a test was made all the same is said among the team.
    omitForPatient: ['overrideReason'],
    readBy: 'measure.read',
  },
  assessmentEntries: {
    ...ofTheClinic,
    table: assessmentEntries,
    whose: own(assessmentEntries.patientId),
    readBy: 'assessment.read',
  },
  assessments: { ...ofTheClinic, table: assessments, whose: own(assessments.patientId), readBy: 'assessment.read' },
  goalRatings: { ...clinical, table: goalRatings, whose: own(goalRatings.patientId), readBy: 'goal.read' },
  goals: { ...clinical, table: goals, whose: own(goals.patientId), readBy: 'goal.read' },
  restrictions: { ...clinical, table: restrictions, whose: own(restrictions.patientId), readBy: 'restriction.read' },
} as const satisfies Record<string, RecordTable>;
