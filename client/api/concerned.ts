import type { ToldEvent } from '#domain/input/live-event';

type Keyed = { queryKey: readonly unknown[]; state: { data: unknown } };

/** What of a query's input and answer says what it is about. */
type About = {
  patientId?: string;
  visitId?: string;
  checkInId?: string;
  programId?: string;
  episodeId?: string;
  visit?: { patientId?: string };
};

const isOther = (known: string | undefined, told: string | null) => !!known && !!told && known !== told;

/** Does the event say that this query's answer may be old? One about another patient, or another visit, does not. */
export function isConcerned({ queryKey, state }: Keyed, { topic, id, patientId, queries }: ToldEvent): boolean {
  const [path, { input } = {}] = queryKey as [readonly string[], { input?: About }?];
  if (!queries?.includes(path.join('.'))) return !queries;
  const data = (state.data ?? {}) as About;
  if (isOther(input?.patientId ?? data.patientId ?? data.visit?.patientId, patientId)) return false;
  const own = {
    visit: input?.visitId,
    check_in: input?.checkInId,
    program: input?.programId,
    message: input?.episodeId,
  };
  return !isOther(own[topic as keyof typeof own], id);
}
