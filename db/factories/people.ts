import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { insertClinic } from '#db/queries/clinic/clinics';
import { insertCareTeam } from '#db/queries/people/care-team';
import { insertEpisode, insertPatient } from '#db/queries/people/patients';
import { insertSession } from '#db/queries/people/sessions';
import { insertMembership } from '#db/queries/people/staff';
import { insertUser } from '#db/queries/people/users';
import { DEFAULT_CLINIC_SETTINGS } from '#domain/clinic/settings';
import type { Discipline, Role, Sides } from '#domain/input/fields';
import type { SessionKind } from '#domain/people/session-policy';
import { SESSION_LIMITS } from '#domain/people/session-policy';
import { DAY_MS } from '#domain/time/duration';
import type { Body, Db } from '../body';

/** Where all made rows stand in time unless told otherwise: 24 November 2026, 09:00 UTC. */
export const MADE_AT = Date.UTC(2026, 10, 24, 9);

export function* makeClinic(d: Db, over: Partial<Parameters<typeof insertClinic>[1]> = {}): Body<string> {
  const id = over.id ?? uuidv7();
  yield* insertClinic(d, {
    id,
    name: 'Larkfield Hand Clinic',
    timeZone: 'Europe/London',
    locale: 'en',
    phone: '+44 20 7946 0100',
    emergencyNumber: '999',
    settings: DEFAULT_CLINIC_SETTINGS,
    demo: false,
    createdAt: MADE_AT,
    ...over,
  });
  return id;
}

function* makeUser(
  d: Db,
  {
    name,
    email = null,
    passwordHash = null,
    at = MADE_AT,
  }: { name: string; email?: string | null; passwordHash?: string | null; at?: number },
): Body<string> {
  const id = uuidv7();
  yield* insertUser(d, { id, name, email, locale: 'en', passwordHash, createdAt: at });
  return id;
}

export type MadeStaff = { userId: string; membershipId: string };

export function* makeStaff(
  d: Db,
  {
    clinicId,
    name,
    role = 'clinician',
    discipline = 'OT',
    email = null,
    passwordHash = null,
    at = MADE_AT,
  }: {
    clinicId: string;
    name: string;
    role?: Role;
    discipline?: Discipline;
    email?: string | null;
    passwordHash?: string | null;
    at?: number;
  },
): Body<MadeStaff> {
  const userId = yield* makeUser(d, { name, email, passwordHash, at });
  const membershipId = uuidv7();
  yield* insertMembership(d, { id: membershipId, clinicId, userId, role, discipline, fromAt: at });
  return { userId, membershipId };
}

export type MadePatient = { patientId: string; userId: string | null; episodeId: string };

type PatientSpec = {
  clinicId: string;
  name: string;
  lead?: MadeStaff;
  login?: { email: string | null; passwordHash: string | null } | null;
  side?: Sides;
  operatesWith?: 'left' | 'right';
  condition?: string;
  injuryOn?: string | null;
  surgeryOn?: string | null;
  precautions?: string;
  timeZone?: string;
  birthYear?: number | null;
  phone?: string | null;
  at?: number;
};

/** A person with a login (unless `login: null`), an open episode and, where given, a lead clinician. */
export function* makePatient(d: Db, spec: PatientSpec): Body<MadePatient> {
  const at = spec.at ?? MADE_AT;
  const userId = spec.login === null ? null : yield* makeUser(d, { name: spec.name, ...spec.login, at });
  const patientId = uuidv7();
  const episodeId = uuidv7();
  const side = spec.side ?? 'right';
  yield* insertPatient(d, {
    id: patientId,
    clinicId: spec.clinicId,
    userId,
    name: spec.name,
    birthYear: spec.birthYear ?? 1968,
    dominantHand: 'right',
    operatesWith: spec.operatesWith ?? (side === 'right' ? 'left' : 'right'),
    timeZone: spec.timeZone ?? 'Europe/London',
    locale: 'en',
    phone: spec.phone ?? null,
    // Nothing is reported of a time before the record: tests say what was done weeks ago.
    createdAt: at - 90 * DAY_MS,
  });
  const condition = spec.condition ?? 'Index finger fracture';
  yield* insertEpisode(d, {
    id: episodeId,
    clinicId: spec.clinicId,
    patientId,
    title: condition,
    side,
    conditionText: condition,
    injuryOn: spec.injuryOn ?? null,
    surgeryOn: spec.surgeryOn ?? null,
    precautionsText: spec.precautions ?? '',
    leadMembershipId: spec.lead?.membershipId ?? null,
    createdAt: at,
  });
  if (spec.lead) {
    yield* insertCareTeam(d, {
      id: uuidv7(),
      clinicId: spec.clinicId,
      patientId,
      membershipId: spec.lead.membershipId,
      part: 'lead',
      fromAt: at,
    });
  }
  return { patientId, userId, episodeId };
}

/** A login whose token is known to the caller. */
export function* makeSession(
  d: Db,
  {
    userId,
    clinicId,
    tokenHash,
    kind = 'staff',
    at,
  }: { userId: string; clinicId: string | null; tokenHash: string; kind?: SessionKind; at: number },
): Body<string> {
  const id = uuidv7();
  yield* insertSession(d, {
    id,
    userId,
    clinicId,
    kind,
    tokenHash,
    nowMs: at,
    expiresAt: at + SESSION_LIMITS[kind].absoluteMs,
    deviceLabel: 'test',
  });
  return id;
}
