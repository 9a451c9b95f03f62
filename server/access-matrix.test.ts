import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCheckIn } from '#db/factories/check-ins';
import { makePatient, makeStaff } from '#db/factories/people';
import { grantCaregiver } from '#db/factories/relations';
import { insertCareTeam } from '#db/queries/patients';
import { httpDoors } from '../lint/house.mjs';
import { appRouter } from './routers/app';
import { type Cast, makeCast, openTestApp } from './testing';

/**
 * Who may do what, written down apart from `domain/access.ts` and compared with it by calling every procedure as
 * every actor. A letter per actor: y = let through to the act itself, n = NOT_FOUND or FORBIDDEN, u = UNAUTHORIZED.
 * Order: own clinician, patient, colleague, admin, clinician next door, patient next door, once on the care team,
 * assistant on the care team, caregiver in force, caregiver expired, nobody.
 */
const ACTORS = [
  'clinician',
  'patient',
  'colleague',
  'admin',
  'outsider',
  'outsiderPatient',
  'exMember',
  'assistant',
  'caregiver',
  'expiredCaregiver',
  'nobody',
] as const;
type Actor = (typeof ACTORS)[number];

const EVERYONE = 'yyyyyyyyyyy';
const SIGNED_IN = 'yyyyyyyyyyu';
const CLINICIAN_OF_PATIENT = 'ynnnnnnnnnu';
const ANY_CLINICIAN = 'ynynynynnnu';
const ADMIN = 'nnnynnnnnnu';

describe('every procedure', () => {
  it('carries a policy', () => {
    // At run time the tree is flat, "noun.verb" to procedure; its type says otherwise.
    const flat = appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { policy?: string } } }>;
    const procedures = Object.entries(flat);
    expect(procedures.length).toBeGreaterThan(20);
    expect(procedures.filter(([, one]) => !one._def.meta?.policy).map(([name]) => name)).toEqual([]);
  });
});

describe('every HTTP door', () => {
  it('is on this list', () => {
    expect(httpDoors('.')).toEqual([
      'app/api/auth/[...nextauth]/route.ts',
      'app/api/health/route.ts',
      'app/api/livekit/webhook/route.ts',
      'app/api/trpc/[trpc]/route.ts',
      'app/api/uploads/[[...slug]]/route.ts',
      'pages/api/media/[id].ts',
    ]);
  });
});

const test = openTestApp();
let cast: Cast;
let users: Record<Actor, string | null>;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const { clinicId, ana } = cast;
  const scope = { clinicId, patientId: ana.patientId };
  const made = await test.app.database.write(function* (d) {
    const exMember = yield* makeStaff(d, { clinicId, name: 'Erik Holm' });
    const assistant = yield* makeStaff(d, { clinicId, name: 'Sam Okoye', role: 'assistant' });
    const at = test.clock.nowMs;
    yield* insertCareTeam(d, {
      id: uuidv7(),
      ...scope,
      membershipId: exMember.membershipId,
      part: 'member',
      fromAt: at - 2000,
      toAt: at - 1000,
    });
    yield* insertCareTeam(d, {
      id: uuidv7(),
      ...scope,
      membershipId: assistant.membershipId,
      part: 'member',
      fromAt: at - 2000,
    });
    const helper = yield* makePatient(d, { clinicId, name: 'Luis Duarte' });
    const late = yield* makePatient(d, { clinicId, name: 'Rosa Duarte' });
    yield* grantCaregiver(d, {
      ...scope,
      userId: helper.userId ?? '',
      scopes: ['program', 'log', 'check_in', 'visit'],
      grantedAt: at - 2000,
      untilAt: null,
    });
    yield* grantCaregiver(d, {
      ...scope,
      userId: late.userId ?? '',
      scopes: ['program', 'log', 'check_in', 'visit'],
      grantedAt: at - 2000,
      untilAt: at - 1000,
    });
    return {
      exMember: exMember.userId,
      assistant: assistant.userId,
      caregiver: helper.userId,
      expiredCaregiver: late.userId,
    };
  });
  users = {
    clinician: cast.mira.userId,
    patient: cast.ana.userId,
    colleague: cast.colleague.userId,
    admin: cast.admin.userId,
    outsider: cast.outsider.userId,
    outsiderPatient: cast.outsiderPatient.userId,
    nobody: null,
    ...made,
  };
  const mira = await test.as(cast.mira.userId);
  const asked = { ...patient(), startsAt: null, durationMinutes: 30, kind: 'now' as const };
  ({ visitId } = await mira.visits.schedule(asked));
});

type Caller = Awaited<ReturnType<typeof test.as>>;
type Row = { who: string; call(caller: Caller): Promise<unknown> };

/** A visit of the patient's, made before the first row is tried. */
let visitId: string;

const patient = () => ({ patientId: cast.ana.patientId });
const unknown = uuidv7();
/** Answers of the patient's that wait for their clip, new ones at each call. */
async function answersOnly(): Promise<string> {
  const { clinicId, ana } = cast;
  const whose = { clinicId, patientId: ana.patientId, userId: ana.userId ?? '', at: test.clock.nowMs };
  const made = await test.app.database.write((d) => makeCheckIn(d, { ...whose, state: 'received', mediaIds: [] }));
  return made.checkInId;
}
const word = 'x'.repeat(43);
const spare = {
  name: 'A',
  operatesWith: 'left',
  timeZone: 'Europe/London',
  phone: null,
  emergencyContact: null,
} as const;

const handProblem = { condition: 'A', side: 'right', injuryOn: null, surgeryOn: null, precautions: '' } as const;

/** Calls that change something carry an id that is not there, so that a permitted one stops after the gate. */
const MATRIX: Record<string, Row> = {
  'account.me': { who: SIGNED_IN, call: (c) => c.account.me() },
  'account.sessions': { who: SIGNED_IN, call: (c) => c.account.sessions() },
  'notices.list': { who: SIGNED_IN, call: (c) => c.notices.list() },
  'notices.markRead': { who: SIGNED_IN, call: (c) => c.notices.markRead({ subjectId: unknown }) },
  'invites.show': { who: EVERYONE, call: (c) => c.invites.show({ token: word }) },
  'passwordLinks.use': { who: EVERYONE, call: (c) => c.passwordLinks.use({ token: word, password: word }) },
  'passwordLinks.patients': { who: ADMIN, call: (c) => c.passwordLinks.patients() },
  'passwordLinks.ofStaff': {
    who: ADMIN,
    call: (c) => c.passwordLinks.ofStaff({ membershipId: cast.mira.membershipId }),
  },
  'passwordLinks.ofAnyPatient': { who: ADMIN, call: (c) => c.passwordLinks.ofAnyPatient(patient()) },
  'passwordLinks.ofPatient': { who: CLINICIAN_OF_PATIENT, call: (c) => c.passwordLinks.ofPatient(patient()) },
  'patients.withdrawInvite': { who: CLINICIAN_OF_PATIENT, call: (c) => c.patients.withdrawInvite(patient()) },
  'clinic.get': { who: 'ynyyynyynnu', call: (c) => c.clinic.get() },
  'patients.editEpisode': {
    who: CLINICIAN_OF_PATIENT,
    call: (c) => c.patients.editEpisode({ ...patient(), episodeId: cast.ana.episodeId, ...handProblem }),
  },
  'audit.changes': { who: ADMIN, call: (c) => c.audit.changes({}) },
  'audit.reads': { who: ADMIN, call: (c) => c.audit.reads() },
  'staff.invites': { who: ADMIN, call: (c) => c.staff.invites() },
  'caseload.mine': { who: ANY_CLINICIAN, call: (c) => c.caseload.mine() },
  'patients.mine': { who: ANY_CLINICIAN, call: (c) => c.patients.mine() },
  'patients.roster': { who: ANY_CLINICIAN, call: (c) => c.patients.roster() },
  'patients.get': { who: 'ynnnnnnynnu', call: (c) => c.patients.get(patient()) },
  'patients.edit': { who: CLINICIAN_OF_PATIENT, call: (c) => c.patients.edit({ ...patient(), ...spare }) },
  'patients.myConsents': { who: 'nynnnynnyyu', call: (c) => c.patients.myConsents() },
  'visits.ofPatient': { who: 'yynnnnnnynu', call: (c) => c.visits.ofPatient(patient()) },
  'visits.schedule': {
    who: CLINICIAN_OF_PATIENT,
    call: (c) => c.visits.schedule({ ...patient(), startsAt: null, durationMinutes: 30, kind: 'now' }),
  },
  'visits.room': { who: 'yynnnnnnynu', call: (c) => c.visits.room({ visitId }) },
  'visitRecord.get': { who: 'yynnnnnnynu', call: (c) => c.visitRecord.get({ visitId }) },
  'annotations.since': { who: 'yynnnnnnynu', call: (c) => c.annotations.since({ visitId, revision: 0 }) },
  'visitRecord.saveSummary': {
    who: CLINICIAN_OF_PATIENT,
    call: (c) => c.visitRecord.saveSummary({ visitId, summary: 'x' }),
  },
  'notes.save': { who: CLINICIAN_OF_PATIENT, call: (c) => c.notes.save({ visitId, body: 'x' }) },
  'checkIns.ofPatient': { who: 'yynnnnnnynu', call: (c) => c.checkIns.ofPatient(patient()) },
  'checkIns.addClips': {
    who: 'nynnnnnnynu',
    call: async (c) => {
      const clips = [{ mediaId: uuidv7(), bytes: 1000, sha256: 'a'.repeat(64) }];
      return await c.checkIns.addClips({ opId: uuidv7(), checkInId: await answersOnly(), clips });
    },
  },
  'live.clock': { who: SIGNED_IN, call: (c) => c.live.clock() },
  'programs.ofPatient': { who: 'yynnnnnyynu', call: (c) => c.programs.ofPatient(patient()) },
  'programs.create': { who: CLINICIAN_OF_PATIENT, call: (c) => c.programs.create({ ...patient(), title: 'x' }) },
  'logs.ofPatient': { who: 'yynnnnnyynu', call: (c) => c.logs.ofPatient(patient()) },
  'logs.trends': { who: 'yynnnnnyynu', call: (c) => c.logs.trends({ ...patient(), days: 7 }) },
  'flags.open': { who: 'ynnnnnnynnu', call: (c) => c.flags.open(patient()) },
  'exercises.list': { who: 'ynynynyynnu', call: (c) => c.exercises.list() },
};

const LETTERS: Record<string, string> = { NOT_FOUND: 'n', FORBIDDEN: 'n', UNAUTHORIZED: 'u' };

async function letterOf(row: Row, actor: Actor): Promise<string> {
  try {
    await row.call(await test.as(users[actor]));
    return 'y';
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    // A link that does not exist is looked for, and not found, by everyone alike.
    if (message === 'invite_gone') return 'y';
    // So does an account that nobody can sign in to, once the way to it is open.
    if (message === 'no_email') return 'y';
    return LETTERS[code ?? ''] ?? `?${code}`;
  }
}

describe('the access matrix', () => {
  it.each(Object.keys(MATRIX))('%s', async (name) => {
    const row = MATRIX[name];
    if (!row) throw new Error('the name comes from the matrix');
    const letters: string[] = [];
    for (const actor of ACTORS) letters.push(await letterOf(row, actor));
    const readable = (who: string) => Object.fromEntries(ACTORS.map((actor, index) => [actor, who[index]]));
    expect(readable(letters.join(''))).toEqual(readable(row.who));
  });
});
