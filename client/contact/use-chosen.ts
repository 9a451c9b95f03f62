'use client';

import { useState } from 'react';
import { ATTACHMENTS_MAX } from '#domain/contact/thread';
import { type Chosen, choose } from './attachments';

/** What is to lie beside the next message; `problem` as a key of `failure.*`. */
export function useChosen() {
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  function add(more: readonly (Chosen | 'file_kind' | 'file_size')[]) {
    const good = more.filter((one) => typeof one !== 'string');
    const all = [...chosen, ...good];
    const refused = more.find((one) => typeof one === 'string');
    setProblem(all.length > ATTACHMENTS_MAX ? 'file_many' : (refused ?? null));
    setChosen(all.slice(0, ATTACHMENTS_MAX));
  }
  return {
    chosen,
    problem,
    addFiles: (files: readonly File[]) => add(files.map(choose)),
    addVoice: (voice: Chosen) => add([voice]),
    remove(mediaId: string) {
      setProblem(null);
      setChosen(chosen.filter((one) => one.mediaId !== mediaId));
    },
    clear() {
      setProblem(null);
      setChosen([]);
    },
  };
}
