'use client';

import { FlagForm, type May } from './flag-form';
import { type Flag, FlagNotes, type When } from './flag-line';
import { FlagAnswer, FlagStops } from './flag-words';
import { TakeFlag } from './take-flag';

export type FlagBodyProps = {
  flag: Flag;
  patientId: string;
  /** Null while it is not known what one may do. */
  may: May | null;
  when: When;
  isGone: boolean;
  onTyped(isTyped: boolean): void;
};

/** An open flag unfolded: all of what was said and stopped, what was done, and what to do. */
export function FlagBody({ flag, patientId, may, when, isGone, onTyped }: FlagBodyProps) {
  return (
    // Two columns where its own place has room for them: beside a thread it is narrow on any screen.
    <div className="@container">
      <div className="grid gap-3 px-4 pb-4 @2xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] @2xl:gap-6">
        <div className="grid content-start gap-3">
          <TakeFlag flag={flag} patientId={patientId} mayTake={may?.take ?? false} when={when} />
          <FlagAnswer flag={flag} when={when} />
          <FlagStops flag={flag} when={when} />
          <FlagNotes notes={flag.notes} when={when} />
        </div>
        {may?.note ? (
          <FlagForm
            flag={flag}
            may={may}
            patientId={patientId}
            when={when(flag.saidAt ?? flag.raisedAt)}
            isGone={isGone}
            onTyped={onTyped}
          />
        ) : null}
      </div>
    </div>
  );
}
