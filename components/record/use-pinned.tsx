import { useQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { type Break, breaksOf, unsignedOf } from '#domain/record/breaks';

export type Pinned = Outputs['restrictions']['pinned'];
export type StandingRestriction = Pinned['restrictions'][number];
export type PinnedProgram = Pinned['programs'][number];
export type PinnedWork = PinnedProgram['prescriptions'][number];

/** What holds for a patient, with what is prescribed; undefined until it was read. */
export function usePinned(patientId: string): Pinned | undefined {
  return useQuery(useTRPC().restrictions.pinned.queryOptions({ patientId })).data;
}

export type ProgramBreaks = { program: PinnedProgram; breaks: Break[]; isSigned: boolean };

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
