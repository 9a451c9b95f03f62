import { useQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '#client/api/trpc';

export type Pinned = Outputs['restrictions']['pinned'];
export type StandingRestriction = Pinned['restrictions'][number];
export type PinnedProgram = Pinned['programs'][number];
export type PinnedWork = PinnedProgram['prescriptions'][number];

/** What holds for a patient, with what is prescribed; undefined until it was read. */
export function usePinned(patientId: string): Pinned | undefined {
  return useQuery(useTRPC().restrictions.pinned.queryOptions({ patientId })).data;
}
