import { type SaveDraft, saveDraftSchema } from '#domain/program/draft';

/** Takes over a draft that an earlier build kept in this window alone; null where there is none. */
export function takeOlderDraft(userId: string, programId: string): SaveDraft | null {
  const key = `regrasp.draft.${userId}.${programId}`;
  try {
    const parsed = saveDraftSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    sessionStorage.removeItem(key);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
