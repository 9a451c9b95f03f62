import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { makePatient } from '#db/factories/people';
import { insertErasure } from '#db/queries/people/erasures';
import { insertHold } from '#db/queries/people/records';
import type { ActorName, World } from './access-world';
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

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller, actor: ActorName): Promise<unknown> };

/** Who may keep records: rows of the access matrix. `patient` names Ana, who stays as she is. */
export const recordRows = (
  kept: ReturnType<typeof keptRecords>,
  patient: () => { patientId: string },
): Record<string, Row> => ({
  'records.list': { may: ['admin', 'outsideAdmin'], call: (c) => c.records.list({ search: '' }) },
  'records.get': { may: ['admin'], call: (c) => c.records.get(patient()) },
  'records.endLogin': { may: ['admin'], call: async (c) => c.records.endLogin(await kept.joined()) },
  'records.giveLoginBack': { may: ['admin'], call: async (c) => c.records.giveLoginBack(await kept.joined()) },
  'records.hold': {
    may: ['admin'],
    call: async (c) => c.records.hold({ ...(await kept.joined()), reason: 'A claim is open' }),
  },
  'records.export': {
    may: ['admin'],
    call: (c) => c.records.export({ ...patient(), reason: 'Asked for in writing', password: 'x' }),
  },
  'records.erase': {
    may: ['admin'],
    call: (c) => c.records.erase({ ...patient(), reason: 'Asked for in writing', confirm: 'x', password: 'x' }),
  },
  'records.askToOpen': {
    may: ['admin'],
    call: async (c) => c.records.askToOpen({ ...(await kept.locked()), reason: 'Asked for in writing' }),
  },
  // Nobody has asked to open it: whoever may hears that.
  'records.open': { may: ['admin'], call: async (c) => c.records.open(await kept.locked()) },
  'records.liftHold': {
    may: ['admin'],
    call: async (c) => c.records.liftHold({ ...(await kept.held()), reason: 'The claim is settled' }),
  },
});

/** Every clinician of Ana's clinic, on her team or not. */
const HERE = ['clinician', 'cover', 'colleague', 'emergency', 'exMember'] as const;

/** Who may break the glass, and who looks at that: rows of the access matrix. */
export const emergencyRows = (world: () => World): Record<string, Row> => ({
  'emergency.open': {
    may: HERE,
    call: async (c) =>
      c.emergency.open({ ...(await world().stranger()), reason: 'Rings with a swollen hand', password: 'x' }),
  },
  'emergency.running': { may: [...HERE, 'outsider'], call: (c) => c.emergency.running() },
  'emergency.end': {
    may: HERE,
    call: async (c, actor) => c.emergency.end({ patientId: (await world().emergencyOf(actor)).patientId }),
  },
  'emergency.unreviewed': { may: ['admin', 'outsideAdmin'], call: (c) => c.emergency.unreviewed() },
  'emergency.review': {
    may: ['admin'],
    call: async (c) =>
      c.emergency.review({ emergencyId: (await world().emergencyOf('colleague')).emergencyId, note: 'x' }),
  },
});
