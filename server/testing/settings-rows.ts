import 'server-only';
import { DEFAULT_OPENING_HOURS } from '#domain/clinic/hours';
import { DEFAULT_ALARM_WORDS } from '#domain/practice/alarm-words';
import { DEFAULT_BARRIERS } from '#domain/practice/barriers';
import { DEFAULT_ESCALATION } from '#domain/practice/escalation';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';
import { DEFAULT_APPOINTMENT_SETTINGS } from '#domain/visit/appointment-settings';
import type { ActorName } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const ADMINS = ['admin', 'outsideAdmin'] as const;
/** A version that no clinic's settings have: who may is told of the conflict, and nothing changes. */
const NEVER = 99;

/** What an admin sets for the clinic: rows of the access matrix. */
export function settingsRows(): Record<string, Row> {
  return {
    'clinic.edit': {
      may: ADMINS,
      call: (c) => {
        const painPolicy = { ...DEFAULT_PAIN_POLICY, version: NEVER };
        return c.clinic.edit({ name: 'A', phone: '+44 20 7946 0100', emergencyNumber: '999', painPolicy });
      },
    },
    'clinic.editBarriers': {
      may: ADMINS,
      call: (c) => c.clinic.editBarriers({ ...DEFAULT_BARRIERS, version: NEVER }),
    },
    'clinic.editHours': {
      may: ADMINS,
      call: (c) =>
        c.clinic.editHours({
          hours: { ...DEFAULT_OPENING_HOURS, version: NEVER },
          replyOpenHours: 8,
          escalation: DEFAULT_ESCALATION,
        }),
    },
    'clinic.editAlarmWords': {
      may: ADMINS,
      call: (c) => c.clinic.editAlarmWords({ ...DEFAULT_ALARM_WORDS, version: NEVER }),
    },
    'clinic.editVisits': { may: ADMINS, call: (c) => c.clinic.editVisits({ version: NEVER, emptyMinutes: 15 }) },
    'clinic.editAppointments': {
      may: ADMINS,
      call: (c) => c.clinic.editAppointments({ ...DEFAULT_APPOINTMENT_SETTINGS, version: NEVER }),
    },
    'clinic.editPush': { may: ADMINS, call: (c) => c.clinic.editPush({ version: NEVER, isAgreed: true }) },
    'clinic.editKeeping': {
      may: ADMINS,
      call: (c) => {
        const kept = {
          clips: null,
          stills: null,
          demos: null,
          originals: 30,
          clipMegabytesADay: 4000,
          recordYears: 10,
        };
        return c.clinic.editKeeping({ version: NEVER, ...kept });
      },
    },
  };
}
