import { describe, expect, it } from 'vitest';
import { emptyAnnotations } from '#domain/annotation/state';
import { camerasOf, type Stage, stageOf } from './stage';

const person = (
  id: string,
  role: 'patient' | 'clinician' | 'observer',
  state: 'admitted' | 'waiting' = 'admitted',
) => ({
  id,
  name: id,
  role,
  state,
});
const video = (participantId: string) => ({ participantId, attach: () => () => undefined });
const roster = [person('mira', 'clinician'), person('jonas', 'clinician'), person('ana', 'patient')];
const live = { kind: 'live', whose: 'patient' } as const;
const miras = { kind: 'live', whose: 'clinician', participantId: 'mira' } as const;
const still = { kind: 'still', stillId: 's' } as const;
const videos = ['jonas', 'ana', 'mira'].map(video);

type Expected = { own: boolean; onStage: string | null; tiles: string[] };
const cases: [name: string, meId: string, stage: Stage, expected: Expected][] = [
  [
    'the patient’s hand, although a colleague’s camera came first',
    'mira',
    live,
    { own: false, onStage: 'ana', tiles: ['jonas'] },
  ],
  ['the same for the colleague', 'jonas', live, { own: false, onStage: 'ana', tiles: ['mira'] }],
  ['the own hand for the patient', 'ana', live, { own: true, onStage: null, tiles: ['mira', 'jonas'] }],
  ['the hand of who shows it', 'ana', miras, { own: false, onStage: 'mira', tiles: ['jonas'] }],
  ['not the colleague’s own camera', 'jonas', miras, { own: false, onStage: 'mira', tiles: ['ana'] }],
  ['the own hand of who shows it', 'mira', miras, { own: true, onStage: null, tiles: ['jonas', 'ana'] }],
  ['nobody beside a still', 'mira', still, { own: false, onStage: null, tiles: ['jonas', 'ana'] }],
];

describe('cameras of a visit', () => {
  it.each(cases)('on the stage is %s', (_name, meId, stage, expected) => {
    const { own, onStage, tiles } = camerasOf({ stage, meId, roster, videos });
    expect({ own, onStage: onStage?.participantId ?? null, tiles: tiles.map((tile) => tile.participantId) }).toEqual(
      expected,
    );
  });

  it('show nobody in the patient’s place before the patient is in', () => {
    const waiting = [person('mira', 'clinician'), person('jonas', 'clinician'), person('ana', 'patient', 'waiting')];
    for (const before of [waiting, waiting.slice(0, 2)]) {
      const { onStage, patient, tiles } = camerasOf({ stage: live, meId: 'mira', roster: before, videos });
      expect([onStage, patient]).toEqual([null, null]);
      expect(tiles.map((tile) => tile.name)).toEqual(['jonas']);
    }
  });

  it('name somebody whose camera is off', () => {
    const { tiles } = camerasOf({ stage: live, meId: 'mira', roster, videos: [video('ana')] });
    expect(tiles).toEqual([{ participantId: 'jonas', name: 'jonas', video: null }]);
  });
});

describe('the scene', () => {
  it('is the patient’s hand at first, and names who shows another', () => {
    expect(stageOf(emptyAnnotations)).toEqual(live);
    const stage = { stillId: null, shows: 'clinician' as const, lamport: 1, authorId: 'mira', opId: 'o' };
    expect(stageOf({ ...emptyAnnotations, stage })).toEqual(miras);
    expect(stageOf({ ...emptyAnnotations, stage: { ...stage, stillId: 's' } })).toEqual(still);
  });
});
