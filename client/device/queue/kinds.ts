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

// Read by hand and not by the schemas of the domain: every page has the queue, and a visit has none of them otherwise. The
// server parses all of it.
type Parts = Record<string, unknown>;

const partsOf = (value: unknown): Parts => (typeof value === 'object' && value !== null ? (value as Parts) : {});
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const present = (...ids: (string | null)[]) => ids.filter((id) => id !== null);

function isGrave(shown: unknown): boolean {
  const { zone } = partsOf(shown);
  return zone === 'red' || zone === 'urgent';
}

const alone = (lane: string, urgent = false): Place => ({ lane, urgent, makes: [], follows: [] });

const laneBy = (subject: string, key: string): Kind => ({
  place: (input) => alone(`${subject} ${textOf(partsOf(input)[key])}`),
});
const visitLane = laneBy('visit', 'visitId');
const checkInLane = laneBy('check-in', 'checkInId');

function placeOfSitting(input: unknown): Place {
  const logs = listOf(partsOf(input).logs).map(partsOf);
  const urgent = logs.some(({ shown }) => isGrave(shown));
  const [first = {}] = logs;
  return {
    // Pain that stops is not held by an earlier log of its exercise that does not get through.
    lane: urgent ? `log ${textOf(first.id)}` : `exercise ${textOf(first.lineageId)}`,
    urgent,
    makes: logs.flatMap(({ id }) => present(textOf(id))),
    follows: logs.flatMap(({ id, supersedesId }) => present(textOf(id), textOf(supersedesId))),
  };
}

function placeOfCheck(input: unknown): Place {
  const { checkId, occasion, subjectId, redFlags, shown } = partsOf(input);
  const hurts = occasion === 'it_hurts';
  return {
    lane: `said ${textOf(checkId)}`,
    urgent: hurts || isGrave(shown) || listOf(redFlags).length > 0,
    // A log that was being made when it hurt says the same pain: it comes after, and makes no flag of its own.
    makes: present(textOf(checkId), hurts ? textOf(subjectId) : null),
    follows: [],
  };
}

function placeOfAmendment(input: unknown): Place {
  const { checkId, change } = partsOf(input);
  const follows = present(textOf(checkId));
  return { lane: `said ${textOf(checkId)}`, urgent: isGrave(partsOf(change).shown), makes: [], follows };
}

function placeOfHurt(input: unknown): Place {
  const opId = textOf(partsOf(input).opId);
  return { lane: `said ${opId}`, urgent: true, makes: present(opId), follows: [] };
}

function placeOfRemoval(input: unknown): Place {
  const logId = textOf(partsOf(input).logId);
  return { lane: `removed ${logId}`, urgent: false, makes: [], follows: present(logId) };
}

function placeOfAnswers(input: unknown): Place {
  const { checkInId, answers, shown } = partsOf(input);
  const isUrgent = isGrave(shown) || listOf(partsOf(answers).redFlags).length > 0;
  return alone(`check-in ${textOf(checkInId)}`, isUrgent);
}

/** Answers of version 1 held the ticks alone, and none meant that nobody had answered. */
function withAnswered(input: unknown): unknown {
  const { answers, ...rest } = partsOf(input);
  const { v, pain, redFlags } = partsOf(answers);
  if (v !== 1) return input;
  return { ...rest, answers: { v: 2, pain, redFlags: listOf(redFlags).length === 0 ? null : redFlags } };
}

const KINDS: Record<string, Kind> = {
  annotation: visitLane,
  still: visitLane,
  cue_start: visitLane,
  cue_stop: visitLane,
  review_annotation: laneBy('review', 'checkInId'),
  it_hurts: { place: placeOfHurt },
  log: { place: placeOfSitting },
  log_removed: { place: placeOfRemoval },
  symptoms: { place: placeOfCheck },
  symptoms_amended: { place: placeOfAmendment },
  check_in: { place: placeOfAnswers, upgrades: [withAnswered] },
  check_in_clips: checkInLane,
  check_in_without_clip: checkInLane,
  message: laneBy('messages', 'episodeId'),
  barrier: laneBy('barrier', 'barrierId'),
  assessment_cell: laneBy('assessment', 'assessmentId'),
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
