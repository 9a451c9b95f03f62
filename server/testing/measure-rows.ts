import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { upsertMark } from '#db/queries/annotation/marks';
import { insertSurface } from '#db/queries/annotation/surfaces';
import type { PatientScope } from '#db/scope';
import { cellKey } from '#domain/record/assessment';
import type { MeasureInput } from '#domain/record/measure-input';
import { localDay } from '#domain/time/local-day';
import type { ActorName, World } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const CARE_TEAM = ['clinician', 'cover'] as const;
const TEAM = [...CARE_TEAM, 'assistant', 'emergency'] as const;
const READERS = ['patient', ...TEAM] as const;

/** A grip of three trials by a Jamar in its second position, mean 20 kgf. */
export function aGrip(change: Partial<MeasureInput> = {}): MeasureInput {
  return {
    ...{ id: uuidv7(), kind: 'grip', side: 'left', digit: null, joint: null, motion: null, activity: null, site: null },
    ...{ method: 'dynamometer', device: 'Jamar 2', posture: 'asht', handle: 2, statistic: 'mean' },
    ...{ trials: [19, 20, 21], value: 20, choice: null, note: null, stoppedFor: null },
    ...change,
  };
}

/** The middle joint of the index, by goniometer. */
export function aJoint(degrees: number, change: Partial<MeasureInput> = {}): MeasureInput {
  return aGrip({
    ...{ kind: 'joint', digit: 'index', joint: 'pip', motion: 'flexion', activity: 'active', method: 'goniometer' },
    ...{ device: null, posture: null, handle: null, statistic: null, trials: null, value: degrees },
    ...change,
  });
}

type Ids = { patientId: string; episodeId: string };

/** What is entered now, of one hand problem. */
export function enteredNow({ patientId, episodeId }: Ids, nowMs: number, measures: MeasureInput[]) {
  return {
    ...{ opId: uuidv7(), patientId, episodeId, visitId: null, saidAt: nowMs, measuredAt: null },
    ...{ measuredTimeZone: 'Europe/London', measures, overrideReason: null },
  };
}

const corrected = (patientId: string, measureId: string) => ({
  ...{ opId: uuidv7(), patientId, measureId, reason: 'Typed wrong' },
});

const hurts = (patientId: string, nowMs: number) => ({
  ...{ opId: uuidv7(), checkId: uuidv7(), patientId, subjectId: null, saidAt: nowMs, pain: 2 },
});

type Drawn = { authorId: string; at: number; value?: number; mediaId?: string };

/** An angle that a clinician drew on a clip, as its operation left it; its ids. */
export function* aDrawnAngle(
  d: Db,
  { clinicId, patientId, authorId, at, value = 66, mediaId }: PatientScope & Drawn,
): Body<{ surfaceId: string; markId: string }> {
  const surfaceId = uuidv7();
  const markId = uuidv7();
  yield* insertSurface(d, { id: surfaceId, clinicId, patientId, kind: 'clip', ...(mediaId ? { mediaId } : {}) });
  yield* upsertMark(d, {
    ...{ surfaceId, markId, authorId, kind: 'angle', anchor: 'frames', stillId: null, frameFrom: 412, frameTo: 412 },
    ...{ joint: 'pip', digit: 'index', side: 'left', motion: 'flexion', activity: 'active', view: 'radial' },
    ...{ valueDegrees: value, errorTag: null, lineageId: null, committedAt: at, removed: false },
    ...{ authorRole: 'clinician', lamport: 1, opId: uuidv7(), replaces: null },
  });
  return { surfaceId, markId };
}

/** An assessment of today. */
export const begun = ({ patientId, episodeId }: Ids, nowMs: number) => ({
  ...{ assessmentId: uuidv7(), patientId, episodeId, template: 'first' as const, condition: 'fracture' as const },
  ...{ localOn: localDay(nowMs, 'Europe/London'), timeZone: 'Europe/London' },
});

/** One cell of it: the middle joint of the index. */
function written(patientId: string, assessmentId: string, nowMs: number) {
  const { id: entryId, trials, value, choice, note, stoppedFor, ...of } = aJoint(50);
  const entry = { of, trials, value, choice, note, stoppedFor, overrideReason: null };
  return { entryId, assessmentId, patientId, cell: cellKey(of), entry, saidAt: nowMs };
}

const signed = (patientId: string, assessmentId: string) => ({
  ...{ opId: uuidv7(), assessmentId, patientId, seenEntries: 0, note: '', nextDueOn: null },
});

/** Measures of Ana's, asked for by people who have no business with her. */
export function strangersToMeasures(
  test: TestApp,
  ana: () => Ids,
  measureId: () => string,
  assessmentId: () => string,
): Record<string, (c: Caller) => Promise<unknown>> {
  const { nowMs } = test.clock;
  const patient = () => ({ patientId: ana().patientId });
  return {
    'record.measures': (c) => c.record.measures(patient()),
    'record.testFacts': (c) => c.record.testFacts({ ...patient(), episodeId: null }),
    'record.addMeasures': (c) => c.record.addMeasures(enteredNow(ana(), nowMs, [aGrip()])),
    'record.correctMeasure': (c) =>
      c.record.correctMeasure({ ...corrected(ana().patientId, measureId()), measure: null }),
    'record.correctAngle': (c) =>
      c.record.correctAngle({
        ...corrected(ana().patientId, uuidv7()),
        ...{ surfaceId: uuidv7(), markId: uuidv7(), replacesId: null, degrees: 10 },
      }),
    'assessments.ofPatient': (c) => c.assessments.ofPatient(patient()),
    'assessments.get': (c) => c.assessments.get({ assessmentId: assessmentId() }),
    'assessments.start': (c) => c.assessments.start(begun(ana(), nowMs)),
    'assessments.write': (c) => c.assessments.write(written(ana().patientId, assessmentId(), nowMs)),
    'assessments.discard': (c) => c.assessments.discard({ ...patient(), assessmentId: assessmentId() }),
    'assessments.sign': (c) => c.assessments.sign(signed(ana().patientId, assessmentId())),
    'record.sayPain': (c) => c.record.sayPain(hurts(ana().patientId, nowMs)),
  };
}

/** The same of assessments. */
function assessmentRows(test: TestApp, world: () => World): Record<string, Row> {
  const ana = () => world().cast.ana;
  const patient = () => ({ patientId: ana().patientId });
  const draft = async () => {
    const clinician = await test.as(world().cast.mira.userId);
    return (await clinician.assessments.start(begun(ana(), test.clock.nowMs))).assessmentId;
  };
  return {
    'assessments.ofPatient': { may: TEAM, call: (c) => c.assessments.ofPatient(patient()) },
    'assessments.get': {
      may: TEAM,
      call: async (c) => c.assessments.get({ assessmentId: await draft() }),
    },
    'assessments.start': { may: CARE_TEAM, call: (c) => c.assessments.start(begun(ana(), test.clock.nowMs)) },
    'assessments.write': {
      may: CARE_TEAM,
      call: async (c) => c.assessments.write(written(ana().patientId, await draft(), test.clock.nowMs)),
    },
    'assessments.discard': {
      may: CARE_TEAM,
      call: async (c) => c.assessments.discard({ ...patient(), assessmentId: await draft() }),
    },
    // Who may is told that somebody wrote meanwhile, or that it is empty.
    'assessments.sign': {
      may: CARE_TEAM,
      call: async (c) => c.assessments.sign(signed(ana().patientId, await draft())),
    },
  };
}

/** Who reads and writes what is measured: rows of the access matrix. */
export function measureRows(test: TestApp, world: () => World): Record<string, Row> {
  const ana = () => world().cast.ana;
  const patient = () => ({ patientId: ana().patientId });
  const joint = async () => {
    const { nowMs } = test.clock;
    const measure = aJoint(50);
    const clinician = await test.as(world().cast.mira.userId);
    await clinician.record.addMeasures(enteredNow(ana(), nowMs, [measure]));
    return measure.id;
  };
  return {
    'record.measures': { may: READERS, call: (c) => c.record.measures(patient()) },
    'record.testFacts': { may: READERS, call: (c) => c.record.testFacts({ ...patient(), episodeId: null }) },
    'record.addMeasures': {
      may: CARE_TEAM,
      call: (c) => c.record.addMeasures(enteredNow(ana(), test.clock.nowMs, [aJoint(50)])),
    },
    'record.correctMeasure': {
      may: CARE_TEAM,
      call: async (c) =>
        c.record.correctMeasure({
          ...corrected(ana().patientId, await joint()),
          measure: aJoint(51),
        }),
    },
    'record.correctAngle': {
      may: CARE_TEAM,
      call: async (c) => {
        const { clinicId, mira } = world().cast;
        const drawn = { clinicId, ...patient(), authorId: mira.userId, at: test.clock.nowMs };
        const mark = await test.app.database.write((d) => aDrawnAngle(d, drawn));
        return await c.record.correctAngle({
          ...corrected(ana().patientId, uuidv7()),
          ...mark,
          replacesId: null,
          degrees: 60,
        });
      },
    },
    ...assessmentRows(test, world),
    'record.sayPain': { may: CARE_TEAM, call: (c) => c.record.sayPain(hurts(ana().patientId, test.clock.nowMs)) },
  };
}
