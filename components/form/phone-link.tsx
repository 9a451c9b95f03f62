import { Phone } from 'lucide-react';
import type { ReactNode } from 'react';

/** What a phone dials of a number as people write it. */
const telHref = (phone: string) => `tel:${phone.replaceAll(/[^+0-9]/g, '')}`;

/** Rings a number at one press; the number itself is always to be read, for who has no phone in this machine. */
export function PhoneLink({
  phone,
  className = 'link',
  children,
}: {
  phone: string;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <a className={className} href={telHref(phone)}>
      {children ? (
        <>
          <Phone size={18} aria-hidden="true" />
          {children}
        </>
      ) : (
        phone
      )}
    </a>
  );
}
