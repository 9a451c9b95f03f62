import * as z from 'zod/mini';
import type { Outbox, OutboxItem } from '#client/device/outbox';
import { checkInAnswersSchema } from '#domain/check-in/submission';
import type { LogHere } from '#domain/practice/day-logs';
import { logSchema, removeLogSchema, shownSchema } from '#domain/practice/log';
import type { Amended, Said, SaidHere } from '#domain/practice/said';
import { amendSymptomsSchema, saySymptomsSchema } from '#domain/practice/symptom-check';
import { localDay } from '#domain/time/local-day';
import { readSentLately } from './day-store';

const sittingSchema = z.object({
  practice: z.nullable(z.object({ slot: z.nullable(z.int()), startedAt: z.int(), painBefore: z.nullable(z.int()) })),
  logs: z.array(logSchema),
});

const checkInSchema = z.object({
  checkInId: z.string(),
  lineageId: z.nullable(z.string()),
  answers: checkInAnswersSchema,
  submittedAt: z.int(),
  shown: z.optional(z.nullable(shownSchema)),
});

const inVisitSchema = z.object({ opId: z.string(), saidAt: z.int() });

/** What this device said and its pack may not know: logs as Today counts them, and what stops or ends a stop. */
export type Here = SaidHere & { logs: LogHere[]; removed: string[] };

export const NOTHING_HERE: Here = { logs: [], removed: [], said: [], amended: [], painsBefore: [], mornings: [] };

function ofSitting(input: unknown, timeZone: string): Partial<Here> {
  const parsed = sittingSchema.safeParse(input);
  if (!parsed.success) return {};
  const { practice, logs } = parsed.data;
  return {
    logs: logs.map((log) => ({
      id: log.id,
      lineageId: log.lineageId,
      localOn: localDay(log.performedAt, timeZone),
      slot: practice?.slot ?? null,
      state: log.state,
      performedAt: log.performedAt,
      pain: log.pain,
      supersedesId: log.supersedesId,
    })),
    said: logs.flatMap(({ id, lineageId, pain, saidAt, performedAt, shown }): Said[] =>
      shown
        ? [
            {
              sourceId: id,
              sourceKind: 'log',
              lineageId,
              zone: shown.zone,
              rule: 'pain',
              pain,
              redFlags: null,
              saidAt: saidAt ?? performedAt,
            },
          ]
        : [],
    ),
    amended: logs.flatMap(({ supersedesId, saidAt, performedAt }): Amended[] =>
      supersedesId === null ? [] : [{ kind: 'slip', sourceId: supersedesId, saidAt: saidAt ?? performedAt }],
    ),
    painsBefore: practice ? [practice] : [],
  };
}

function ofRemoval(input: unknown): Partial<Here> {
  const parsed = removeLogSchema.safeParse(input);
  return parsed.success ? { removed: [parsed.data.logId] } : {};
}

function ofCheck(input: unknown, timeZone: string): Partial<Here> {
  const parsed = saySymptomsSchema.safeParse(input);
  if (!parsed.success) return {};
  const { checkId, occasion, lineageId, saidAt, pain, redFlags, shown } = parsed.data;
  const isMorning = occasion === 'morning' || occasion === 'before_practice';
  return {
    mornings: isMorning ? [{ localOn: localDay(saidAt, timeZone), saidAt, pain }] : [],
    said: [
      {
        sourceId: checkId,
        sourceKind: 'symptom_check',
        lineageId,
        zone: shown?.zone ?? 'none',
        rule: occasion === 'it_hurts' ? 'it_hurts' : 'pain',
        pain,
        redFlags,
        saidAt,
      },
    ],
  };
}

function ofAmendment(input: unknown): Partial<Here> {
  const parsed = amendSymptomsSchema.safeParse(input);
  if (!parsed.success) return {};
  const { checkId: sourceId, saidAt, change } = parsed.data;
  if (change.kind === 'slip') return { amended: [{ kind: 'slip', sourceId, saidAt }] };
  const { pain, shown } = change;
  return { amended: [{ kind: 'pain', sourceId, saidAt, pain, zone: shown?.zone ?? 'none' }] };
}

function ofCheckIn(input: unknown): Partial<Here> {
  const parsed = checkInSchema.safeParse(input);
  if (!parsed.success) return {};
  const { checkInId: sourceId, lineageId, answers, submittedAt: saidAt, shown } = parsed.data;
  const { pain, redFlags } = answers;
  const zone = shown?.zone ?? 'none';
  return { said: [{ sourceId, sourceKind: 'check_in', lineageId, zone, rule: 'pain', pain, redFlags, saidAt }] };
}

function ofVisit(input: unknown): Partial<Here> {
  const parsed = inVisitSchema.safeParse(input);
  if (!parsed.success) return {};
  const { opId: sourceId, saidAt } = parsed.data;
  const said = { sourceId, sourceKind: 'symptom_check' as const, lineageId: null, pain: null, redFlags: null, saidAt };
  return { said: [{ ...said, zone: 'red', rule: 'it_hurts' }] };
}

function hereOf({ kind, input }: Pick<OutboxItem, 'kind' | 'input'>, timeZone: string): Partial<Here> {
  switch (kind) {
    case 'log':
      return ofSitting(input, timeZone);
    case 'log_removed':
      return ofRemoval(input);
    case 'symptoms':
      return ofCheck(input, timeZone);
    case 'symptoms_amended':
      return ofAmendment(input);
    case 'check_in':
      return ofCheckIn(input);
    case 'it_hurts':
      return ofVisit(input);
    default:
      return {};
  }
}

/** Kinds of queued writes that change what the day shows. */
export const CHANGES_THE_DAY: ReadonlySet<string> = new Set([
  'log',
  'log_removed',
  'symptoms',
  'symptoms_amended',
  'check_in',
  'it_hurts',
]);

type Queued = Pick<OutboxItem, 'kind' | 'input' | 'parked'>;

/**
 * What queued writes say. What the server refused counts as no log and takes nothing back, but what it says of pain holds
 * all the same.
 */
export function hereFrom(items: readonly Queued[], timeZone: string): Here {
  const parts = items.map((item) => ({ isKept: item.parked === null, more: hereOf(item, timeZone) }));
  const removed = parts.flatMap(({ isKept, more }) => (isKept ? (more.removed ?? []) : []));
  // Pain before a sitting that nobody made is no pain that was usual; what was said of it holds all the same.
  const isMade = ({ logs = [] }: Partial<Here>) => logs.length === 0 || logs.some(({ id }) => !removed.includes(id));
  return parts.reduce<Here>((here, { isKept, more }) => {
    return {
      removed,
      logs: isKept ? [...here.logs, ...(more.logs ?? [])] : here.logs,
      said: [...here.said, ...(more.said ?? [])],
      amended: isKept ? [...here.amended, ...(more.amended ?? [])] : here.amended,
      painsBefore: [...here.painsBefore, ...(isMade(more) ? (more.painsBefore ?? []) : [])],
      mornings: [...here.mornings, ...(more.mornings ?? [])],
    };
  }, NOTHING_HERE);
}

/** What waits to be sent, and what was sent since the pack was made. */
export async function readHere(outbox: Outbox | null, userId: string, timeZone: string): Promise<Here> {
  return hereFrom([...(await readSentLately(userId)), ...((await outbox?.list()) ?? [])], timeZone);
}
