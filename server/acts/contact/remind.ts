import 'server-only';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertNotice, markSubjectRead } from '#db/queries/contact/notices';
import { findReminded, listDueReminders, passReminder, type ReminderRow } from '#db/queries/contact/reminders';
import { findConsent, findOpenEpisode } from '#db/queries/people/patients';
import { LOOKS, REMINDERS, type ReminderKind } from '#domain/contact/reminders';
import { MINUTE_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer, type UnitOfWork } from '#server/runtime/unit-of-work';
import { decideCheckIn } from './remind/check-in';
import { type Decide, OVER, type Reminded } from './remind/decision';
import { decideHeld } from './remind/held';
import { decidePractice } from './remind/practice';
import { decideVisit } from './remind/visit';

/** One row for each kind; who wants to be another puts its reminder on the list (`scheduleReminder`) and decides here. */
const DECISIONS: Readonly<Record<ReminderKind, Decide>> = {
  practice: decidePractice,
  visit_day: decideVisit,
  visit_soon: decideVisit,
  check_in: decideCheckIn,
  visit_held: decideHeld,
};

const isReminder = (kind: string): kind is ReminderKind =>
  ([...REMINDERS, ...LOOKS] as readonly string[]).includes(kind);

/** Whom to remind: the account that opens the record, as long as a hand is treated and treatment at a distance is agreed to. */
function* findPerson(d: Db, { clinicId, patientId }: ReminderRow): Body<Reminded | undefined> {
  const scope = { clinicId, patientId };
  const found = yield* findReminded(d, scope);
  if (!found) return undefined;
  const episode = yield* findOpenEpisode(d, scope);
  const consent = yield* findConsent(d, { ...scope, kind: 'telehealth' });
  return {
    scope,
    timeZone: found.timeZone,
    userId: episode && consent ? found.userId : null,
    isTreated: episode !== undefined,
  };
}

/** Looks at one reminder whose time has come; whether somebody was told of something. */
function* remindOne(d: Db, work: UnitOfWork, row: ReminderRow): Body<boolean> {
  const { kind, subjectId, dueAt, clinicId } = row;
  const person = yield* findPerson(d, row);
  const isKnown = person !== undefined && isReminder(kind);
  const { tell, next, news = [] } = isKnown ? yield* DECISIONS[kind](d, work.nowMs, row, person) : OVER;
  // Another process, or the patient with other times, was first.
  if (!(yield* passReminder(d, row, next))) return false;
  for (const { userId, ...about } of news) {
    yield* insertNotice(d, { id: uuidv7(), clinicId, userId, subjectId, ...about, createdAt: work.nowMs });
    work.tell('notice', subjectId, { userId });
  }
  const userId = person?.userId ?? null;
  if (!tell || userId === null) return false;
  // One that was not looked at is no news beside the one that follows.
  yield* markSubjectRead(d, { userId, subjectId, nowMs: work.nowMs });
  const event = { kind: `reminder_${kind}`, subjectId, eventKey: `reminder:${kind}:${subjectId}:${dueAt}` };
  const times = { createdAt: work.nowMs, expiresAt: tell.expiresAt };
  yield* insertNotice(d, { id: uuidv7(), clinicId, userId, ...event, ...times });
  work.tell('notice', subjectId, { userId });
  return true;
}

const AT_ONCE = 50;
/** One that cannot be decided holds up no other. */
const AGAIN_MS = 5 * MINUTE_MS;

async function give(app: AppProcess, row: ReminderRow, nowMs: number): Promise<void> {
  const source = { act: null, nowMs, clinicId: row.clinicId };
  try {
    await runAsServer(app, source, (d, work) => remindOne(d, work, row));
  } catch (err) {
    app.log.error({ err, kind: row.kind }, 'a reminder could not be given');
    await app.database.write((d) => passReminder(d, row, { dueAt: nowMs + AGAIN_MS, repeatOf: row.repeatOf }));
  }
}

/** Gives the reminders whose time has come: many people choose the same full hour, and none of them waits for a next turn. */
export async function remindDue(app: AppProcess, nowMs: number): Promise<void> {
  for (let more = true; more; ) {
    const due = await app.database.read((d) => listDueReminders(d, { nowMs, limit: AT_ONCE }));
    for (const row of due) {
      await give(app, row, nowMs);
      // On SQLite nothing of this waits for anything: requests come first.
      await othersFirst();
    }
    more = due.length === AT_ONCE;
  }
}
