'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { AnnotationLayer } from '#components/annotation/layer';
import { MarkWords } from '#components/annotation/measured-marks';
import { Viewer } from '#components/annotation/viewer';
import type { CommittedMark } from '#domain/annotation/state';
import { StillPicture } from '../still-picture';
import type { VisitRecordData } from './words';

type StillsProps = {
  room: VisitRoom;
  label: string;
  stills: VisitRecordData['stills'];
  firstNumber: number;
  marks: readonly CommittedMark[];
};

export function RecordStills({ room, label, stills, firstNumber, marks }: StillsProps) {
  const t = useTranslations('visit');
  const when = useWhen(room.visit.timeZone);
  if (stills.length === 0) return null;
  const ownRole = room.role === 'clinician' ? 'clinician' : 'patient';
  const nameOf = (id: string) => room.roster.find((person) => person.id === id)?.name ?? '';
  return (
    <section className="grid gap-3" aria-label={label}>
      {stills.map((still, index) => {
        const time = when(still.capturedAt, 'time');
        const onStill = marks.filter(({ mark }) => mark.anchor.kind === 'still' && mark.anchor.stillId === still.id);
        const title = t('record.still', { number: String(firstNumber + index), time });
        return (
          <div key={still.id} id={`still-${still.id}`} className="grid scroll-mt-4 gap-1">
            <div
              className="overflow-hidden rounded-2xl"
              style={{ aspectRatio: still.width && still.height ? `${still.width} / ${still.height}` : '4 / 3' }}
            >
              <Viewer
                below={<MarkWords marks={onStill} ownRole={ownRole} />}
                fit="contain"
                mirror={false}
                label={title}
                picture={(hold) => (
                  <StillPicture
                    stillId={still.id}
                    own={undefined}
                    ready={still.state === 'ready'}
                    hold={hold}
                    fit="contain"
                    alt={title}
                  />
                )}
              >
                {(view) => (
                  <>
                    <AnnotationLayer
                      view={view}
                      marks={onStill}
                      ink={[]}
                      tool={null}
                      ownRole={ownRole}
                      nameOf={nameOf}
                    />
                    {still.side ? (
                      <span className="mark-label pointer-events-none start-4 top-4">{t(`side.${still.side}`)}</span>
                    ) : null}
                  </>
                )}
              </Viewer>
            </div>
            <p className="muted">{title}</p>
          </div>
        );
      })}
    </section>
  );
}
