'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useLoaded } from '#client/api/use-loaded';
import type { Unsent } from '#client/shell/others';
import { type Installable, useInstallable } from '#client/shell/use-installable';

const loadTidying = () => import('#client/shell/others').then(({ tidyForOwner }) => tidyForOwner);
const loadOthers = () => import('./others-things').then(({ OthersThings }) => OthersThings);
const loadHint = () => import('./install-hint').then(({ InstallHint }) => InstallHint);

/** What is left of other people on this device goes, or is asked about. None of it is part of what a page needs to be read. */
export function DeviceUpkeep({ userId, hasDays = false }: { userId: string; hasDays?: boolean }) {
  const tidy = useLoaded(loadTidying);
  const [found, setFound] = useState<Unsent | null>(null);
  const Others = useLoaded(found ? loadOthers : null);
  useEffect(() => {
    let current = true;
    tidy?.(userId, hasDays).then(
      (unsent) => {
        if (current) setFound(unsent);
      },
      // A device that cannot read its stores shows nothing of them either.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [tidy, userId, hasDays]);
  return Others && found ? <Others found={found} /> : null;
}

/** At the end of a day's page: that it can be put on the home screen. Never beside a player or a visit. */
export function InstallAtEnd() {
  const way = useInstallable();
  const isToday = usePathname() === '/today';
  return way && isToday ? <Hint way={way} /> : null;
}

function Hint({ way }: { way: Installable }) {
  const Loaded = useLoaded(loadHint);
  return Loaded ? <Loaded way={way} /> : null;
}
