/** Saving and signing the note of a visit, and ending with it, happen one after the other. */
export const noteScope = (visitId: string) => ({ id: `note-${visitId}` });
