import { Building2, Phone, Video } from 'lucide-react';
import type { VisitMode } from '#domain/visit/lifecycle';

const ICONS = { video: Video, phone: Phone, in_clinic: Building2 } as const;

/** By what a visit is held, as a sign; the word stands beside it or is read. */
export function ModeIcon({ mode, size = 15 }: { mode: VisitMode; size?: number }) {
  const Icon = ICONS[mode];
  return <Icon size={size} strokeWidth={2.2} aria-hidden="true" className="shrink-0" />;
}
