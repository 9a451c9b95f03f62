'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A place in a bar; the current one is marked by a node (app/parts/shells.css). */
export function NavLink({ href, label, children }: { href: string; label?: string; children: ReactNode }) {
  const here = usePathname() ?? '';
  const current = here === href || here.startsWith(`${href}/`);
  return (
    <Link href={href} aria-current={current ? 'page' : undefined} aria-label={label} prefetch={false}>
      {children}
    </Link>
  );
}
