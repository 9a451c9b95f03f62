import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { makePatient } from '#db/factories/people';
import { insertErasure } from '#db/queries/people/erasures';
import { insertHold } from '#db/queries/people/records';
import type { Cast, TestApp } from './application';

/** Records of the clinic, new each time, in the states that only an admin sees them in. */
export function keptRecords(test: TestApp, cast: () => Cast) {
  async function joined(): Promise<{ patientId: string }> {
    const { clinicId } = cast();
    const made = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Teo Marin' }));
    return { patientId: made.patientId };
  }
  const at = () => test.clock.nowMs;
  return {
    /** Of somebody who signs in. */
    joined,
    /** On legal hold. */
    async held() {
      const { patientId } = await joined();
      const { clinicId, admin } = cast();
      const hold = { id: uuidv7(), clinicId, patientId, reason: 'A claim is open', setBy: admin.userId, setAt: at() };
      await test.app.database.write((d) => insertHold(d, hold));
      return { patientId };
    },
    /** Put away. */
    async locked() {
      const { patientId } = await joined();
      const lock = { id: uuidv7(), clinicId: cast().clinicId, patientId, state: 'locked' as const };
      const objects = { keys: [], uploads: [], copies: false };
      await test.app.database.write((d) =>
        insertErasure(d, { ...lock, reason: 'Asked for in writing', askedAt: at(), objects }),
      );
      return { patientId };
    },
  };
}
