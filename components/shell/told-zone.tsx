'use client';

import type { ReactNode } from 'react';
import { ToldZone } from '#client/device/reader-zone';

/** For the first paint, which the server draws: the zone that this browser told it. */
export function ToldZoneProvider({ zone, children }: { zone: string | null; children: ReactNode }) {
  return <ToldZone value={zone}>{children}</ToldZone>;
}
