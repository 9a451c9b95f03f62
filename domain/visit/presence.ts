import type { ParticipantState, VisitRole } from './lifecycle';

export type Attendee = {
  readonly id: string;
  readonly role: VisitRole;
  readonly state: ParticipantState;
  /** Epoch ms; null while they are in, or never were. */
  readonly leftAt: number | null;
};

/** What is true of somebody in this visit, from the record and from the room itself. */
export type Presence =
  | { readonly is: 'not_here' | 'waiting' | 'turned_away' | 'no_line' | 'camera_off' | 'camera_starting' | 'seen' }
  | { readonly is: 'left'; readonly at: number | null };

type InRoom = {
  /** Participant ids that are connected. */
  readonly peers: readonly string[];
  /** Those whose camera is on. */
  readonly cameras: readonly string[];
  /** Those whose picture arrives here. */
  readonly seen: readonly string[];
};

/** Of one person; undefined = not in the record of this visit. Who is connected is there, whatever the record says yet. */
export function presenceOf(person: Attendee | undefined, { peers, cameras, seen }: InRoom): Presence {
  if (!person) return { is: 'not_here' };
  const { id, state } = person;
  if (state === 'waiting') return { is: 'waiting' };
  if (state === 'removed') return { is: 'turned_away' };
  if (peers.includes(id)) {
    if (seen.includes(id)) return { is: 'seen' };
    return { is: cameras.includes(id) ? 'camera_starting' : 'camera_off' };
  }
  if (state === 'at_door') return { is: 'not_here' };
  return state === 'left' ? { is: 'left', at: person.leftAt } : { is: 'no_line' };
}
