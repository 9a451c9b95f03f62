'use client';

import { RotateCw, Video } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { WaitingHere } from '../check-ins/waiting-here';

const PLACES = { '/check-ins': 'show', '/progress': 'progress', '/visits': 'visits', '/account': 'account' } as const;
type Path = keyof typeof PLACES;

const isPlace = (path: string | null): path is Path => path !== null && path in PLACES;

/** Which tab it stands for; the page is kept once for all of them, so only its address says. */
function usePlace(): Path | null {
  const [place, setPlace] = useState<Path | null>(null);
  useEffect(() => {
    const from = new URLSearchParams(window.location.search).get('from');
    setPlace(isPlace(from) ? from : null);
  }, []);
  return place;
}

const LOOK_EVERY_MS = 4000;

/** Opens the page that was asked for as soon as the server answers. */
function useGoOn(path: string): void {
  useEffect(() => {
    const look = () =>
      fetch('/api/health?live', { cache: 'no-store' }).then(
        ({ ok }) => {
          if (ok && document.visibilityState === 'visible') window.location.assign(path);
        },
        // There is no line still.
        () => undefined,
      );
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [path]);
}

/** What can be done without a line, and what this tab needs one for. It goes on by itself when the line is back. */
export function Away() {
  const t = useTranslations('away');
  const c = useTranslations('checkIns');
  const place = usePlace();
  const back = place ?? '/today';
  useGoOn(back);
  const name = place ? PLACES[place] : null;
  return (
    <div className="grid max-w-[600px] content-start gap-4 pt-1">
      <h1 className="page-title">{name ? t(`name.${name}`) : t('title')}</h1>
      <p role="status" className="state care whitespace-normal">
        {t('noLine')}
      </p>
      {name ? <p>{t(`needs.${name}`)}</p> : null}
      {name === 'show' ? (
        <>
          <Link className="btn primary xl" href="/check-ins/new" prefetch={false}>
            <Video aria-hidden="true" /> {c('new')}
          </Link>
          <WaitingHere />
        </>
      ) : null}
      {/* A page of its own, so that everything is asked for anew. */}
      <a className={`btn xl ${name === 'show' ? 'quiet' : 'primary'}`} href={back}>
        <RotateCw aria-hidden="true" /> {t('again')}
      </a>
      <Link className="btn plain" href="/today" prefetch={false}>
        {t('toToday')}
      </Link>
    </div>
  );
}
