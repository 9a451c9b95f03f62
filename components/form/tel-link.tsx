import type { ReactNode } from 'react';

type TelLinkProps = { tel: string | null; phone: string; className?: string; children?: ReactNode };

/** A number that one press rings. What holds no number stays text: better to read than to press in vain. */
export function TelLink({ tel, phone, className = 'link inline-flex min-h-12 items-center', children }: TelLinkProps) {
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
