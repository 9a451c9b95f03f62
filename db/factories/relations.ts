import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { CaregiverScope } from '#domain/people/access';
import { type Body, type Db, q } from '../body';
import { caregiverGrants } from '../schema/patients';

type Grant = {
  clinicId: string;
  patientId: string;
  userId: string;
  scopes: CaregiverScope[];
  grantedAt: number;
  untilAt: number | null;
};

/** A caregiver's grant. The screens that make one come later; model and matrix have it now. */
export function* grantCaregiver(d: Db, grant: Grant): Body<void> {
  yield* q(d.insert(caregiverGrants).values({ id: uuidv7(), ...grant }));
}
