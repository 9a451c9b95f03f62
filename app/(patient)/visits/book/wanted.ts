/** For what a time is looked for. */
export type Wanted = {
  typeId: string | null;
  clinicianId: string;
  /** The visit that is to be moved, as it was on screen; null = a new one. */
  visitId: string | null;
  sequence: number;
};
