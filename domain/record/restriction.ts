/** Placeholder of the lead: task B writes this file. */
export type RestrictionLimit = { readonly v: 1 };
