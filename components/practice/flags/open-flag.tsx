'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { FlagBodyProps } from './flag-body';
import { FlagLine } from './flag-line';
import type { FlagWork } from './flag-work';

type OpenFlagProps = FlagBodyProps & {
  work: FlagWork | null;
  startsOpen: boolean;
  onUnfold?(): void;
};

/** One open flag: folded, one line that says how grave it is and what was said; open, all of it and what to do. */
export function OpenFlag({ work, startsOpen, onUnfold, ...body }: OpenFlagProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  return (
    <li className={`card min-w-0 border-stop ${isOpen ? 'basis-full' : ''}`}>
      <details
        open={isOpen}
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
          if (event.currentTarget.open) onUnfold?.();
        }}
      >
        <summary className="flex min-h-12 cursor-pointer list-none items-center gap-3 px-4 py-2 [&::-webkit-details-marker]:hidden">
          <FlagLine flag={body.flag} when={body.when} />
          <ChevronDown size={18} className={`ms-auto ${isOpen ? 'rotate-180' : ''}`} aria-hidden="true" />
        </summary>
        {work ? <work.FlagBody {...body} /> : null}
      </details>
    </li>
  );
}
