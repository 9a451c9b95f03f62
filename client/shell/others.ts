import { draftOwners, readStored, removeDraft } from '#client/check-in/draft-store';
import { forgetThreadsOfOthers } from '#client/contact/thread-store';
import { clipsByOwner, removeClip } from '#client/device/clip-store';
import { dropPagesOfOthers } from '#client/device/offline-pages';
import { countedByOwner, deleteRowsOf } from '#client/device/queue/rows';
import { deleteTextsOf, textsByOwner } from '#client/device/saved/kept';
import { askToPersist } from '#client/device/saved/persist';
import { forgetDaysOfOthers, readDay } from '#client/practice/day-store';
import { forgetOlder, listOlder } from '#client/practice/older-counts';

/** Ids of those whose unsent things were asked about and stay. */
const KEPT_FOR = 'regrasp.kept-for';

/** What of other people was not sent and is nowhere else, in numbers alone. `owners`: ids, or keys of what has no owner's name. */
export type Unsent = { owners: readonly string[]; entries: number; clips: number };

function keptFor(): string[] {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEPT_FOR) ?? '[]');
    return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** Is there more in a check-in under way than a page that was opened? */
function hasSomething(draft: unknown): boolean {
  const { answeredAt, clipId, question } = {
    answeredAt: null,
    clipId: null,
    question: '',
    ...(draft as object | null),
  };
  return answeredAt !== null || clipId !== null || question !== '';
}

/** What was decided stays decided, until its owner is back. */
function noteKeptFor(owners: readonly string[]): void {
  try {
    localStorage.setItem(KEPT_FOR, JSON.stringify(owners));
  } catch {
    // Then it is asked once more.
  }
}

/**
 * Keys of what earlier builds counted here without an owner's name, and what of this person's day does not tell is theirs.
 * Nothing is theirs for sure while their day was not read (`null`): it is asked about on a later page.
 */
function strayCounts(day: string | null): string[] {
  const older = listOlder();
  forgetOlder(older.filter(({ counted }) => !counted).map(({ key }) => key));
  if (day === null) return [];
  const isOwn = ({ lineageId, patientId }: { lineageId: string; patientId: string | null }) =>
    day.includes(lineageId) || (patientId !== null && day.includes(patientId));
  return older.flatMap(({ key, counted }) => (counted && !isOwn(counted) ? [key] : []));
}

/** As text; empty for who has no days. */
async function dayTextOf(userId: string, hasDays: boolean): Promise<string | null> {
  if (!hasDays) return '';
  const day = await readDay(userId);
  return day ? JSON.stringify(day) : null;
}

/**
 * Somebody is signed in, `hasDays` as a patient: of others nothing stays that was only read. Null where nothing of
 * theirs waits to be asked about.
 */
export async function tidyForOwner(userId: string, hasDays = false): Promise<Unsent | null> {
  await Promise.all([dropPagesOfOthers(userId), forgetDaysOfOthers(userId), forgetThreadsOfOthers(userId)]);
  noteKeptFor(keptFor().filter((owner) => owner !== userId));
  const asked = new Set([userId, ...keptFor()]);
  const [writes, clips, drafts, texts] = await Promise.all([
    countedByOwner(),
    clipsByOwner(),
    draftOwners(),
    textsByOwner(),
  ]);
  // Asked on an earlier page and refused, perhaps: browsers change their minds with use.
  if (writes.has(userId) || clips.has(userId) || texts.has(userId) || drafts.includes(userId)) askToPersist();
  const begun = new Set<string>();
  for (const owner of drafts.filter((one) => !asked.has(one))) {
    // What another's seal keeps shut is somebody's: it is asked about like what can be read.
    if (await readStored(owner).then(hasSomething, () => true)) begun.add(owner);
    else await removeDraft(owner);
  }
  const stray = strayCounts(await dayTextOf(userId, hasDays));
  const owners = [...new Set([...writes.keys(), ...clips.keys(), ...texts.keys(), ...begun, ...stray])].filter(
    (owner) => !asked.has(owner),
  );
  if (owners.length === 0) return null;
  const sum = (of: (owner: string) => number) => owners.reduce((total, owner) => total + of(owner), 0);
  return {
    owners,
    entries: sum(
      (owner) =>
        (writes.get(owner) ?? 0) + (texts.get(owner) ?? 0) + (begun.has(owner) || stray.includes(owner) ? 1 : 0),
    ),
    clips: sum((owner) => clips.get(owner)?.length ?? 0),
  };
}

export function keepForOwners(owners: readonly string[]): void {
  noteKeptFor([...new Set([...keptFor(), ...owners])]);
}

/** By the word of who was asked. */
export async function deleteUnsentOf(owners: readonly string[]): Promise<void> {
  const clips = await clipsByOwner();
  forgetOlder(owners);
  for (const owner of owners) {
    await deleteRowsOf(owner);
    await removeDraft(owner);
    await deleteTextsOf(owner);
    for (const id of clips.get(owner) ?? []) await removeClip(id);
  }
}
