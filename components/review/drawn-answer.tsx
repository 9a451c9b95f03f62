'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { namedMark } from '#client/review/named-mark';
import type { CheckIn, ShownClip } from '#client/review/use-shown-clip';
import { AnnotationLayer } from '#components/annotation/layer';
import { MarkWords } from '#components/annotation/measured-marks';
import { ClipNotes } from '#components/check-in/clip-notes';
import { useDoseWords } from '#components/program/dose-words';
import type { CommittedMark } from '#domain/annotation/state';
import { ClipChooser } from './clip-chooser';
import { ClipViewer } from './clip-viewer';
import { DrawingList } from './drawing-list';
import { LighterPicture } from './lighter-picture';

type Review = CheckIn['reviews'][number];

/** What a code of the exercise's error tags says to the patient; null for a tag that the exercise no longer has. */
function tagWordsOf({ exercise }: CheckIn, code: string): string | null {
  return exercise?.errorTags.find((tag) => tag.code === code)?.labelPatient ?? null;
}

/** An answer opens at the drawing that the address names, else at its first: nobody should have to look for it. */
function useOpenAtFirst(shown: ShownClip, marks: readonly CommittedMark[]) {
  const opened = useRef(false);
  useEffect(() => {
    const named = namedMark();
    const anchor = (marks.find(({ mark }) => mark.markId === named) ?? marks[0])?.mark.anchor;
    if (opened.current || anchor?.kind !== 'frames') return;
    opened.current = true;
    shown.goTo(anchor);
  });
}

type DrawnProps = {
  checkIn: CheckIn;
  review: Review;
  shown: ShownClip;
  label: string;
  ownRole: 'patient' | 'clinician';
};

export function DrawnAnswer({ checkIn, shown, review, label, ownRole }: DrawnProps) {
  const t = useTranslations('checkIns');
  const r = useTranslations('recorder');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.reviews.drawing.queryOptions({ reviewId: review.id }));
  const { clip, player } = shown;
  const marks = data?.marks ?? [];
  useOpenAtFirst(shown, marks);
  const side = checkIn.exercise?.side;
  const onFrame = shown.marksNow(marks);
  const tagWords = (code: string) => tagWordsOf(checkIn, code);
  return (
    <section className="grid grid-cols-1 gap-3" aria-label={label}>
      <div className="aspect-[4/3]">
        <ClipViewer
          onVideo={shown.onVideo}
          mediaId={shown.playedId}
          posterId={clip.posterId}
          label={label}
          below={<MarkWords marks={onFrame} ownRole={ownRole} tagWords={tagWords} />}
          sideLabel={side && side !== 'both' ? r(`side.${side}`) : null}
        >
          {(view) => (
            <AnnotationLayer
              view={view}
              marks={onFrame}
              ink={[]}
              tool={null}
              ownRole={ownRole}
              nameOf={() => review.clinicianName}
              tagWords={tagWords}
            />
          )}
        </ClipViewer>
      </div>
      <ClipChooser shown={shown} />
      <LighterPicture shown={shown} />
      {ownRole === 'clinician' ? <ClipNotes clip={clip} reader="clinician" /> : null}
      <button type="button" className="btn quiet xl" onClick={() => player.toggle()}>
        {t(player.playing ? 'pause' : 'play')}
      </button>
      <DrawingList marks={marks} shown={shown} tagWords={tagWords} />
    </section>
  );
}

export function AnswerWords({ checkIn, review, title }: { checkIn: CheckIn; review: Review; title: string }) {
  const t = useTranslations('checkIns');
  const words = review.errorTags.flatMap((code) => tagWordsOf(checkIn, code) ?? []);
  return (
    <section className="note" aria-labelledby="summary">
      <h2 id="summary" className="section-title">
        {title}
      </h2>
      <p className="whitespace-pre-line">{review.summary}</p>
      {words.length > 0 ? (
        <>
          <h3 className="label mt-3">{t('nextTime')}</h3>
          <ul className="list-disc ps-5">
            {words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="muted">{review.clinicianName}</p>
    </section>
  );
}

/** What an answer prescribes from then on, beside what it was; nothing where it changed no dose. */
export function NewDose({ changes, title }: { changes: CheckIn['newDoses']; title: string }) {
  const t = useTranslations('checkIns');
  const n = useTranslations('today');
  const doseWords = useDoseWords();
  if (changes.length === 0) return null;
  return (
    <section className="card flex gap-3 p-4" aria-labelledby="new-dose">
      <ArrowLeftRight aria-hidden="true" className="mt-1 shrink-0 text-action-ink" />
      <div>
        <h2 id="new-dose" className="section-title">
          {title}
        </h2>
        <ul>
          {changes.map(({ name, side, before, after }) => (
            <li key={`${name} ${side}`}>
              {n('named', { exercise: name, side })}
              <strong className="block">{doseWords(after)}</strong>
              <span className="muted">{t('doseWas', { dose: doseWords(before) })}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
