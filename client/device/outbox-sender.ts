import { type ApiClient, problemOf } from '#client/api/trpc';
import type { Delivery, Sender } from './outbox';

type Send = (input: never) => Promise<unknown>;

/** Which procedure each kind of queued write goes to. */
function procedures(client: ApiClient): Record<string, Send> {
  return {
    annotation: (input) => client.annotations.append.mutate(input),
    review_annotation: (input) => client.reviews.appendOperation.mutate(input),
    still: (input) => client.stills.add.mutate(input),
    cue_start: (input) => client.cues.start.mutate(input),
    cue_stop: (input) => client.cues.stop.mutate(input),
    it_hurts: (input) => client.visitRecord.sayItHurts.mutate(input),
    log: (input) => client.logs.record.mutate(input),
    log_removed: (input) => client.logs.remove.mutate(input),
    symptoms: (input) => client.symptoms.say.mutate(input),
    symptoms_amended: (input) => client.symptoms.amend.mutate(input),
    check_in: (input) => client.checkIns.submit.mutate(input),
    check_in_clips: (input) => client.checkIns.addClips.mutate(input),
    check_in_without_clip: (input) => client.checkIns.goWithoutClip.mutate(input),
    message: (input) => client.messages.send.mutate(input),
    barrier: (input) => client.barriers.say.mutate(input),
    assessment_cell: (input) => client.assessments.write.mutate(input),
  };
}

/** A refusal that will be the same next time. */
const REFUSALS: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'CONFLICT',
  'NOT_FOUND',
  'FORBIDDEN',
  'PAYLOAD_TOO_LARGE',
  'UNPROCESSABLE_CONTENT',
]);
/** Nothing gets through, whatever it is. */
const NO_WAY: ReadonlySet<string> = new Set(['UNREACHABLE', 'UNAUTHORIZED', 'TOO_MANY_REQUESTS']);

function outcomeOf(code: string): 'refused' | 'later' | 'failed' {
  if (REFUSALS.has(code)) return 'refused';
  return NO_WAY.has(code) ? 'later' : 'failed';
}

export function createSender(client: ApiClient): Sender {
  const sends = procedures(client);
  return async ({ kind, input }): Promise<Delivery> => {
    const send = sends[kind];
    if (!send) return { outcome: 'refused', reason: 'bad_request' };
    try {
      await send(input as never);
      return { outcome: 'sent' };
    } catch (error) {
      const { code, reason } = problemOf(error);
      return { outcome: outcomeOf(code), reason };
    }
  };
}
