import 'server-only';
import { listClinics } from '#db/queries/clinic/clinics';
import type { AppProcess } from './process';

/** Demo people have a known password: a server for real use does not open their database. */
export async function refuseDemoData(app: AppProcess): Promise<void> {
  if (app.env.REGRASP_DEMO === '1') return;
  const clinics = await app.database.read((d) => listClinics(d));
  if (clinics.some((clinic) => clinic.demo)) {
    throw new Error('Regrasp cannot start: this database holds the demo clinic. Point DATABASE_URL at another one.');
  }
}
