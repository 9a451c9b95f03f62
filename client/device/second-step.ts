import { type RefObject, useEffect, useRef, useState } from 'react';

type SecondStep = {
  asked: boolean;
  ask(): void;
  keep(): void;
  first: RefObject<HTMLButtonElement | null>;
  keepButton: RefObject<HTMLButtonElement | null>;
};

/** A question before what cannot be undone. Focus goes to "Keep", and from there back to the button that asked. */
export function useSecondStep(): SecondStep {
  const [step, setStep] = useState<'not asked' | 'asked' | 'kept'>('not asked');
  const first = useRef<HTMLButtonElement>(null);
  const keepButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step === 'asked') keepButton.current?.focus();
    if (step === 'kept') first.current?.focus();
  }, [step]);
  return { asked: step === 'asked', ask: () => setStep('asked'), keep: () => setStep('kept'), first, keepButton };
}
