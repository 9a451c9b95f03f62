import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { ActorName } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };
type Patient = { patientId: string };

const NO_LOAD = { limit: { v: 1 as const, kind: 'load' as const, maxKgf: null }, untilOn: null, note: null };
const READERS = ['patient', 'clinician', 'cover', 'assistant', 'emergency'] as const;
const CARE_TEAM = ['clinician', 'cover'] as const;

/** What somebody may set. */
export const aRestriction = (more: Patient) => ({ ...more, id: uuidv7(), ...NO_LOAD, source: 'Surgeon’s letter' });

/** Ana's restrictions, as rows of the access matrix: each sets one of its own to lift or change, and lifts it. */
export function restrictionRows(
  test: TestApp,
  world: () => { patient: Patient; cast: { mira: { userId: string } } },
): Record<string, Row> {
  const patient = () => world().patient;
  const mira = () => test.as(world().cast.mira.userId);
  const reason = 'Healed';
  async function withOne<T>(act: (restrictionId: string) => Promise<T>): Promise<T> {
    const set = aRestriction(patient());
    await (await mira()).restrictions.set(set);
    return await act(set.id);
  }
  async function lifted<T>(id: string, act: () => Promise<T>): Promise<T> {
    const answer = await act();
    await (await mira()).restrictions.lift({ ...patient(), restrictionId: id, reason });
    return answer;
  }
  return {
    'restrictions.pinned': { may: READERS, call: (c) => c.restrictions.pinned(patient()) },
    'restrictions.past': { may: READERS, call: (c) => c.restrictions.past(patient()) },
    'restrictions.set': {
      may: CARE_TEAM,
      call: (c) => {
        const set = aRestriction(patient());
        return lifted(set.id, () => c.restrictions.set(set));
      },
    },
    'restrictions.change': {
      may: CARE_TEAM,
      call: (c) =>
        withOne((replacesId) => {
          const set = aRestriction(patient());
          return lifted(set.id, () => c.restrictions.change({ ...set, replacesId, reason }));
        }),
    },
    'restrictions.lift': {
      may: CARE_TEAM,
      call: (c) => withOne((restrictionId) => c.restrictions.lift({ ...patient(), restrictionId, reason })),
    },
  };
}

/** What strangers try with the id of one of Ana's restrictions. */
export function strangersToRestrictions(
  patient: () => Patient,
  restrictionId: () => string,
): Record<string, (caller: Caller) => Promise<unknown>> {
  const reason = 'x';
  return {
    'restrictions.pinned': (c) => c.restrictions.pinned(patient()),
    'restrictions.past': (c) => c.restrictions.past(patient()),
    'restrictions.set': (c) => c.restrictions.set(aRestriction(patient())),
    'restrictions.change': (c) =>
      c.restrictions.change({ ...aRestriction(patient()), replacesId: restrictionId(), reason }),
    'restrictions.lift': (c) => c.restrictions.lift({ ...patient(), restrictionId: restrictionId(), reason }),
  };
}
