'use client';

import type { ReactNode } from 'react';
import { ClipUploadsContext, useDeviceClipUploads } from '#client/device/use-uploads';

/** Clips go on being sent whichever page of the patient's is open. */
export function DeviceClipUploads({ userId, children }: { userId: string; children: ReactNode }) {
  return <ClipUploadsContext value={useDeviceClipUploads(userId)}>{children}</ClipUploadsContext>;
}
