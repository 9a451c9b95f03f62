'use client';

import { useMutation } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useSaved } from '#client/device/saved/use-saved';
import { noteScope } from './note-scope';

type Note = Outputs['visitRecord']['get']['notes'][number];
type Draft = { visitId: string; notes: readonly Note[]; onSaved(): Promise<void> };

/** The clinician's note while it is written: one text, whether in the room or on the page of the record. */
export function useDraftNote({ visitId, notes, onSaved }: Draft) {
  const trpc = useTRPC();
  const save = useMutation(trpc.notes.save.mutationOptions({ scope: noteScope(visitId), onSuccess: onSaved }));
  const stored = notes.find(({ signedAt }) => signedAt === null);
  return useSaved<string>({
    name: `note ${visitId}`,
    stored: { value: stored?.body ?? '', revision: stored?.revision ?? 0 },
    save: (body, revision) => save.mutateAsync({ visitId, body, revision }),
    readAgain: () => void onSaved(),
  });
}
