import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { ActorName, World } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const CARE_TEAM = ['clinician', 'cover'] as const;
const CLINICIANS = [...CARE_TEAM, 'colleague', 'emergency', 'exMember', 'outsider'] as const;
const HAVE_A_RECORD = ['patient', 'otherPatient', 'outsiderPatient', 'caregiver', 'expiredCaregiver'] as const;

/** Who reads and writes in the thread of Ana's hand problem, and beside it: rows of the access matrix. */
export function messageRows(test: TestApp, world: () => World): Record<string, Row> {
  const of = () => ({ episodeId: world().cast.ana.episodeId });
  const said = () => ({ body: 'x', about: null, writtenAt: test.clock.nowMs });
  const hard = () => ({
    ...{ barrierId: uuidv7(), ...of(), code: 'no_time' as const, words: 'No time', suggestion: 'Later' },
    ...{ outcome: 'helps' as const, saidAt: test.clock.nowMs },
  });
  const phrase = () => ({ phraseId: uuidv7(), text: 'Rest for a day', forWhom: 'me' as const });
  return {
    'messages.mine': { may: HAVE_A_RECORD, call: (c) => c.messages.mine() },
    'messages.thread': { may: [...CARE_TEAM, 'patient', 'emergency'], call: (c) => c.messages.thread(of()) },
    'messages.place': {
      may: ['patient'],
      call: (c) => c.messages.place({ kind: 'exercise', id: world().fixed.prescription.lineageId }),
    },
    'messages.send': {
      may: [...CARE_TEAM, 'patient'],
      call: (c) => c.messages.send({ messageId: uuidv7(), ...of(), ...said() }),
    },
    'messages.mark': {
      may: [...CARE_TEAM, 'patient'],
      call: (c) => c.messages.mark({ ...of(), delivered: 1, read: 1 }),
    },
    'barriers.say': { may: ['patient'], call: (c) => c.barriers.say(hard()) },
    'barriers.ofPatient': {
      may: [...CARE_TEAM, 'emergency'],
      call: (c) => c.barriers.ofPatient({ patientId: world().cast.ana.patientId }),
    },
    'messages.inbox': { may: CLINICIANS, call: (c) => c.messages.inbox({ view: 'team' }) },
    'messages.waiting': { may: CLINICIANS, call: (c) => c.messages.waiting() },
    'messages.teamSide': { may: [...CARE_TEAM, 'emergency'], call: (c) => c.messages.teamSide(of()) },
    'messages.note': { may: CARE_TEAM, call: (c) => c.messages.note({ noteId: uuidv7(), ...of(), body: 'x' }) },
    // Nobody waits by then: whoever may hears that.
    'messages.settle': { may: CARE_TEAM, call: (c) => c.messages.settle({ noteId: uuidv7(), ...of(), upTo: 0 }) },
    'messages.handOver': {
      may: CARE_TEAM,
      call: (c) =>
        c.messages.handOver({ noteId: uuidv7(), ...of(), toUserId: world().cast.mira.userId, note: 'I am away' }),
    },
    'messages.phrases': { may: CLINICIANS, call: (c) => c.messages.phrases() },
    'messages.keepPhrase': { may: CLINICIANS, call: (c) => c.messages.keepPhrase(phrase()) },
    'messages.dropPhrase': {
      may: CLINICIANS,
      call: async (c) => {
        const made = phrase();
        await c.messages.keepPhrase(made);
        return await c.messages.dropPhrase({ phraseId: made.phraseId });
      },
    },
  };
}
