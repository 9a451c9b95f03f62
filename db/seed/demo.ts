import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '../body';
import { makeClinic, makePatient, makeStaff } from '../factories/people';
import { insertConsent } from '../queries/patients';
import { listClinics } from '../queries/users';

/** The demo clinic: invented people at different stages. Does nothing where one exists. */
export function* seedDemo(d: Db, { passwordHash, nowMs }: { passwordHash: string; nowMs: number }): Body<void> {
  if ((yield* listClinics(d)).some((clinic) => clinic.demo)) return;
  const clinicId = yield* makeClinic(d, { demo: true, createdAt: nowMs });
  const mira = yield* makeStaff(d, {
    clinicId,
    name: 'Mira Solberg',
    email: 'mira@demo.regrasp.test',
    passwordHash,
    at: nowMs,
  });
  yield* makeStaff(d, {
    clinicId,
    name: 'Ada Lind',
    email: 'admin@demo.regrasp.test',
    passwordHash,
    role: 'admin',
    discipline: 'other',
    at: nowMs,
  });
  const ana = yield* makePatient(d, {
    clinicId,
    name: 'Ana Duarte',
    lead: mira,
    login: { email: 'ana@demo.regrasp.test', passwordHash },
    at: nowMs,
  });
  for (const kind of ['telehealth', 'live_video', 'stills', 'clips'] as const) {
    yield* insertConsent(d, {
      id: uuidv7(),
      clinicId,
      patientId: ana.patientId,
      kind,
      textVersion: '2026-11',
      givenBy: ana.userId ?? '',
      givenAt: nowMs,
    });
  }
}
