import { type SaveDraft, saveDraftSchema } from '#domain/program/draft';

const keyOf = (userId: string, programId: string) => `regrasp.draft.${userId}.${programId}`;

/** Until the server has it: survives a reload and signing in again, belongs to one account, ends with the window. */
export function keepDraft(userId: string, draft: SaveDraft): void {
  sessionStorage.setItem(keyOf(userId, draft.programId), JSON.stringify(draft));
}

export function readKeptDraft(userId: string, programId: string): SaveDraft | null {
  try {
    const parsed = saveDraftSchema.safeParse(JSON.parse(sessionStorage.getItem(keyOf(userId, programId)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function dropKeptDraft(userId: string, programId: string): void {
  sessionStorage.removeItem(keyOf(userId, programId));
}
