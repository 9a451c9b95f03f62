/** What a saved phrase may leave open, in the signs in which people write it. */
type PhraseField = 'first name' | 'exercise';

const FIELD = /\{\s*(first name|exercise)\s*\}/gi;

/** The phrase with what is known; what is not stays open, to be written by hand. */
export function fillPhrase(text: string, known: Readonly<Record<PhraseField, string | null>>): string {
  return text.replace(FIELD, (open, name: string) => known[name.toLowerCase() as PhraseField] ?? open);
}

/** A field that was left open: it may not go to a patient. */
export function openField(text: string): string | null {
  return text.match(FIELD)?.[0] ?? null;
}

/** How people are spoken to; of a name that is one word, that. */
export const firstNameOf = (name: string): string => name.trim().split(/\s+/u)[0] ?? name;
