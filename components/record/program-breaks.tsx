import { type Break, breaksOf, unsignedOf } from '#domain/record/breaks';
import type { Pinned, PinnedProgram, StandingRestriction } from './use-pinned';

type ProgramBreaks = { program: PinnedProgram; breaks: Break[]; isSigned: boolean };

/** The programs in force that break one restriction: what waits for a decision first, then what was signed. */
export function programBreaks(pinned: Pinned, restriction: StandingRestriction): ProgramBreaks[] {
  const found = pinned.programs.map((program) => {
    const all = breaksOf([restriction], program.prescriptions, pinned.day);
    const waiting = unsignedOf(all, program.signed);
    return { program, waiting, signed: all.filter((one) => !waiting.includes(one)) };
  });
  return [
    ...found.map(({ program, waiting }) => ({ program, breaks: waiting, isSigned: false })),
    ...found.map(({ program, signed }) => ({ program, breaks: signed, isSigned: true })),
  ].filter(({ breaks }) => breaks.length > 0);
}
