import type { ReactNode } from 'react';
import { telOf } from '#domain/input/phone';

type PhoneLinkProps = { phone: string; className?: string; children?: ReactNode };

/** A number that one press rings. What holds no number stays text: better to read than to press in vain. */
export function PhoneLink({ phone, className = 'link inline-flex min-h-12 items-center', children }: PhoneLinkProps) {
  const tel = telOf(phone);
  // Numbers read from left to right in every language.
  const words = children ?? <bdi dir="ltr">{phone}</bdi>;
  return tel === null ? (
    <span>{words}</span>
  ) : (
    <a className={className} href={tel}>
      {words}
    </a>
  );
}
