import type { ReactNode } from 'react';
import { telOf } from '#domain/input/phone';
import { TelLink } from './tel-link';

type PhoneLinkProps = { phone: string; className?: string; children?: ReactNode };

/** A number as it was written, to ring. Pages that must weigh little get its address from the server: `TelLink`. */
export function PhoneLink({ phone, ...link }: PhoneLinkProps) {
  return <TelLink tel={telOf(phone)} phone={phone} {...link} />;
}
