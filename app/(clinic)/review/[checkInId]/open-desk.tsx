'use client';

import type { DrawingBoard } from '#client/annotation/board';
import { useMeasuring } from '#client/annotation/use-measuring';
import { type CheckIn, useShownClip } from '#client/review/use-shown-clip';
import { useTagMarks } from '#client/review/use-tag-marks';
import { MeasureAngle } from '#components/annotation/measure-angle';
import { Cautions } from '#components/practice/flags/cautions';
import { AnswerPanel } from './answer-panel';
import { ClipDesk } from './clip-desk';
import { ClipTroubles } from './clip-troubles';
import { NoClip } from './no-clip';
import { SentPanel } from './sent-panel';
import type { Claim, DeskClaim } from './use-claim';

type OpenDeskProps = {
  checkIn: CheckIn;
  claim: Claim;
  board: DrawingBoard;
  desk: DeskClaim;
  name: string;
};

/** A claimed check-in on the desk: what was sent, the clip to draw on, the answer. */
export function OpenDesk({ checkIn, claim, desk, board, name }: OpenDeskProps) {
  const shown = useShownClip(checkIn.media);
  const measuring = useMeasuring(board);
  const tagMarks = useTagMarks(board);
  const tags = checkIn.exercise?.errorTags ?? [];
  const sides = checkIn.exercise?.side ?? 'both';
  const side = sides === 'both' ? null : sides;
  const { lineageId, exercise } = checkIn;
  return (
    <main className="grid grid-cols-1 lg:grid-cols-[278px_minmax(0,1fr)_378px]">
      <title>{`${checkIn.context?.patient?.name ?? ''} · Regrasp`}</title>
      {checkIn.context?.patient ? (
        <Cautions patientId={checkIn.context.patient.id} place="desk" className="px-4 pt-4 lg:col-span-3 lg:px-5" />
      ) : null}
      <SentPanel checkIn={checkIn} />
      {shown ? (
        <ClipDesk
          shown={shown}
          board={board}
          tagMarks={tagMarks}
          tagWords={(code) => tags.find((tag) => tag.code === code)?.labelPatient ?? null}
          side={side}
          lineageId={lineageId}
          name={name}
          onAngle={measuring.ask}
        />
      ) : (
        <div className="grid content-start gap-3 p-4 lg:p-5">
          <NoClip checkIn={checkIn} />
          <ClipTroubles checkIn={checkIn} />
        </div>
      )}
      <aside className="desk-answer grid min-w-0 content-start gap-5 p-4 lg:p-5">
        {shown ? <ClipTroubles checkIn={checkIn} /> : null}
        <MeasureAngle
          measuring={measuring}
          patientId={checkIn.patientId}
          exercise={exercise && lineageId !== null ? { ...exercise, lineageId } : null}
        />
        <AnswerPanel
          checkIn={checkIn}
          claim={claim}
          desk={desk}
          board={board}
          shown={shown}
          tagMarks={tagMarks}
          side={side}
        />
      </aside>
    </main>
  );
}
