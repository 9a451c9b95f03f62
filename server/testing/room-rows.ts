import 'server-only';
import type { ActorName, World } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const CARE_TEAM = ['clinician', 'cover'] as const;

/** What a clinician measures by, and takes back, in a visit: rows of the access matrix. */
export function roomRows(world: () => World): Record<string, Row> {
  return {
    'annotations.measured': { may: CARE_TEAM, call: (c) => c.annotations.measured(world().patient) },
    'visits.door': {
      may: ['patient', 'caregiver', ...CARE_TEAM],
      call: async (c) => c.visits.door({ visitId: (await world().visit()).visitId, tabNonce: 'abcdefgh' }),
    },
    'visits.reopen': {
      may: CARE_TEAM,
      call: async (c) => c.visits.reopen({ visitId: (await world().visit()).visitId }),
    },
  };
}
