import { makeInDatabase } from '../db/factories/database';
import { findClinic, updateClinic } from '../db/queries/clinic/clinics';
import { saveAvailability } from '../db/queries/visit/availability';
import { clinicSettingsSchema } from '../domain/clinic/settings';
import type { AppointmentSettings, VisitType } from '../domain/visit/appointment-settings';
import type { Pair } from './fixtures';
import type { TestServer } from './server';

/** The clinic's rules, with what patients may do with each of its types. */
export async function withRules(
  server: TestServer,
  { clinicId }: Pair,
  patients: VisitType['patients'],
  more: Partial<AppointmentSettings> = {},
): Promise<void> {
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const clinic = yield* findClinic(d, { clinicId });
      if (!clinic) throw new Error('the clinic of the pair');
      const { name, phone, emergencyNumber } = clinic;
      const settings = clinicSettingsSchema.parse(clinic.settings);
      const types = settings.appointments.types.map((type) => ({ ...type, patients }));
      const appointments = { ...settings.appointments, types, ...more };
      yield* updateClinic(d, { clinicId, name, phone, emergencyNumber, settings: { ...settings, appointments } });
    }),
  );
}

/** The clinician holds visits around the clock, so that a spec runs at any hour. */
export async function openAllHours(server: TestServer, { clinicId, mira }: Pair, timeZone = 'Europe/London') {
  const week = Array.from({ length: 7 }, () => [{ from: '00:00', to: '00:00' }]);
  const hours = { version: 1, visits: week, reviews: week.map(() => []) };
  const row = { clinicId, userId: mira.userId, timeZone, hours, changedAt: 0 };
  await makeInDatabase(server.databaseUrl, (made) => made.write((d) => saveAvailability(d, row)));
}
