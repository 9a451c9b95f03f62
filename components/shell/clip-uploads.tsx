'use client';

import type { ReactNode } from 'react';
import { ClipUploadsContext, useDeviceClipUploads } from '#client/device/use-uploads';

/** What was filmed, photographed or said goes on being sent whichever page of its person's is open. */
export function DeviceClipUploads({ userId, children }: { userId: string; children: ReactNode }) {
  return <ClipUploadsContext value={useDeviceClipUploads(userId)}>{children}</ClipUploadsContext>;
}
