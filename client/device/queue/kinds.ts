import * as z from 'zod/mini';
import { checkInAnswersSchema, redFlagsAnswered } from '#domain/check-in/submission';

/** What the queue must know of a write to send it in its turn. */
export type Place = {
  /** Writes of one lane arrive in the order in which they were made; one lane never waits for another. */
  lane: string;
  /** Goes before everything that is not. */
  urgent: boolean;
  /** Ids that this write makes known to the server. */
  makes: readonly string[];
  /** Ids that must be known before: it goes in the lane of whatever makes them and waits here still. */
  follows: readonly string[];
};

type Kind = {
  place(input: unknown): Place;
  /** The first makes an input of version 2 of one of version 1, and so on: what was queued before an upgrade goes on. */
  upgrades?: readonly ((input: unknown) => unknown)[];
};

const id = z.string();
const ofVisit = z.object({ visitId: id });
const ofCheckIn = z.object({ checkInId: id });
const shown = z.optional(z.nullable(z.object({ zone: z.string() })));
const ticks = z.optional(z.nullable(z.array(z.string())));
const sitting = z.object({
  logs: z.array(z.object({ id, lineageId: id, supersedesId: z.optional(z.nullable(id)), shown })).check(z.minLength(1)),
});
const removal = z.object({ logId: id });
const check = z.object({
  checkId: id,
  occasion: z.string(),
  subjectId: z.optional(z.nullable(id)),
  redFlags: ticks,
  shown,
});
const amendment = z.object({ checkId: id, change: z.object({ shown }) });
const hurt = z.object({ opId: id });
const answers = z.object({ checkInId: id, answers: z.object({ redFlags: ticks }), shown });

const isGrave = (said: z.infer<typeof shown>) => said?.zone === 'red' || said?.zone === 'urgent';
const alone = (lane: string, urgent = false): Place => ({ lane, urgent, makes: [], follows: [] });

/** A shape that this build does not know goes by itself: the server says what it is. */
function placeBy<S extends z.ZodMiniType>(schema: S, placed: (input: z.infer<S>) => Place): Kind['place'] {
  return (input) => {
    const parsed = schema.safeParse(input);
    return parsed.success ? placed(parsed.data as z.infer<S>) : alone('unknown');
  };
}

const visitLane: Kind = { place: placeBy(ofVisit, ({ visitId }) => alone(`visit ${visitId}`)) };
const checkInLane: Kind = { place: placeBy(ofCheckIn, ({ checkInId }) => alone(`check-in ${checkInId}`)) };

/** Answers of version 1 held the ticks alone, and none meant that nobody had answered. */
function withAnswered(input: unknown): unknown {
  const parsed = z.looseObject({ answers: checkInAnswersSchema }).safeParse(input);
  if (!parsed.success) return input;
  const { pain, ...given } = parsed.data.answers;
  return { ...parsed.data, answers: { v: 2, pain, redFlags: redFlagsAnswered(given) } };
}

const KINDS: Record<string, Kind> = {
  annotation: visitLane,
  still: visitLane,
  cue_start: visitLane,
  cue_stop: visitLane,
  review_annotation: { place: placeBy(ofCheckIn, ({ checkInId }) => alone(`review ${checkInId}`)) },
  it_hurts: {
    place: placeBy(hurt, ({ opId }) => ({ lane: `said ${opId}`, urgent: true, makes: [opId], follows: [] })),
  },
  log: {
    place: placeBy(sitting, ({ logs }) => {
      const urgent = logs.some((log) => isGrave(log.shown));
      const [first] = logs;
      return {
        // Pain that stops is not held by an earlier log of its exercise that does not get through.
        lane: urgent ? `log ${first?.id}` : `exercise ${first?.lineageId}`,
        urgent,
        makes: logs.map((log) => log.id),
        follows: logs.flatMap((log) => [log.id, ...(log.supersedesId ? [log.supersedesId] : [])]),
      };
    }),
  },
  log_removed: {
    place: placeBy(removal, ({ logId }) => ({ lane: `removed ${logId}`, urgent: false, makes: [], follows: [logId] })),
  },
  symptoms: {
    place: placeBy(check, ({ checkId, occasion, subjectId, redFlags, shown: said }) => ({
      lane: `said ${checkId}`,
      urgent: occasion === 'it_hurts' || isGrave(said) || (redFlags?.length ?? 0) > 0,
      // A log that was being made when it hurt says the same pain: it comes after, and makes no flag of its own.
      makes: [checkId, ...(occasion === 'it_hurts' && subjectId ? [subjectId] : [])],
      follows: [],
    })),
  },
  symptoms_amended: {
    place: placeBy(amendment, ({ checkId, change }) => ({
      lane: `said ${checkId}`,
      urgent: isGrave(change.shown),
      makes: [],
      follows: [checkId],
    })),
  },
  check_in: {
    place: placeBy(answers, ({ checkInId, answers: { redFlags }, shown: said }) =>
      alone(`check-in ${checkInId}`, isGrave(said) || (redFlags?.length ?? 0) > 0),
    ),
    upgrades: [withAnswered],
  },
  check_in_clips: checkInLane,
  check_in_without_clip: checkInLane,
};

/** Of a kind that this build does not know: it goes by itself. */
export function placeOf(kind: string, input: unknown): Place {
  return KINDS[kind]?.place(input) ?? alone(`kind ${kind}`);
}

/** In which version this build queues inputs of a kind. */
export function versionOf(kind: string): number {
  return (KINDS[kind]?.upgrades?.length ?? 0) + 1;
}

/** The same write as this build would have queued it; null where a newer build did: it is that build's to send. */
export function upgraded(kind: string, version: number, input: unknown): { input: unknown } | null {
  if (version > versionOf(kind)) return null;
  const upgrades = KINDS[kind]?.upgrades ?? [];
  return { input: upgrades.slice(version - 1).reduce((before, upgrade) => upgrade(before), input) };
}
