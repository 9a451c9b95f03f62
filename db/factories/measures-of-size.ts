import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { FINGERS } from '#domain/input/fields';
import { DAY_MS } from '#domain/time/duration';
import { MADE_AT } from './people';
import type { Rows } from './rows';

/** Sittings in which a hand was measured: two hundred measures of each patient, and as many assessments as were signed. */
const SITTINGS = 8;
const JOINTS = ['mcp', 'pip', 'dip'] as const;

type Person = { clinicId: string; patientId: string; episodeId: string; lead: string; n: number };

const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
const NOTHING = { digit: null, joint: null, motion: null, activity: null, site: null } as const;
const STRENGTH = { posture: 'asht', handle: 2, statistic: 'mean' } as const;

/** What was measured of one hand in eight sittings, each an assessment; one restriction that holds. */
export function addMeasures(rows: Rows, { clinicId, patientId, episodeId, lead, n }: Person): void {
  for (let sitting = 0; sitting < SITTINGS; sitting++) {
    const at = MADE_AT - (7 * sitting + (n % 5)) * DAY_MS;
    const assessmentId = uuidv7();
    const of = { clinicId, patientId, episodeId };
    rows.assessments.push({
      ...{ ...of, id: assessmentId, template: sitting === SITTINGS - 1 ? 'first' : 're_assessment' },
      ...{ condition: 'fracture', localOn: dayOf(at), timeZone: 'Europe/London', examinerId: lead, state: 'done' },
      ...{ note: '', startedAt: at, changedAt: at, signedAt: at, signedBy: lead },
      nextDueOn: sitting === 0 ? dayOf(MADE_AT + (n % 60) * DAY_MS) : null,
    });
    const made = { ...of, assessmentId, measuredAt: at, measuredTimeZone: 'Europe/London', enteredBy: lead };
    const row = { ...made, receivedAt: at, isVoid: false, isCurrent: true };
    for (const side of ['left', 'right'] as const)
      for (const device of ['Jamar 2', 'Squeeze']) {
        const kgf = 8 + ((n + sitting) % 20);
        const trials = { trials: [kgf, kgf + 0.4, kgf - 0.2], value: kgf + 0.067 };
        rows.measures.push({
          ...{ ...row, ...NOTHING, ...STRENGTH, ...trials, id: uuidv7(), kind: 'grip', side, device },
          method: device === 'Jamar 2' ? 'dynamometer' : 'sensor',
        });
      }
    for (const digit of FINGERS.slice(0, sitting % 2 === 0 ? 4 : 3))
      for (const joint of JOINTS)
        for (const motion of ['flexion', 'extension'] as const)
          rows.measures.push({
            ...{ ...row, ...NOTHING, id: uuidv7(), kind: 'joint', side: 'right', digit, joint, motion },
            ...{ activity: 'active', method: 'goniometer', value: motion === 'flexion' ? 50 + sitting : sitting },
          });
  }
  rows.restrictions.push({
    ...{ id: uuidv7(), clinicId, patientId, episodeId, kind: 'load', limit: { v: 1, kind: 'load', maxKgf: 1.5 } },
    ...{ untilOn: dayOf(MADE_AT + 30 * DAY_MS), setBy: lead, setAt: MADE_AT - 20 * DAY_MS, source: 'Letter' },
  });
}
