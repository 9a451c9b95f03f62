/** A step on the way to a goal, in words; the patient's local day on which it was reached, or null. */
export type Milestone = { readonly id: string; readonly words: string; readonly reachedOn: string | null };
