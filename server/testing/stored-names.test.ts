import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operationSchema } from '#domain/annotation/operation';
import { POLICIES } from '#domain/people/access';
import { appRouter } from '#server/routers/app';

/**
 * Names that devices and databases hold, as they stood on 2026-11-28. They outlive every renaming: a phone that was
 * offline sends what it kept under them, and old rows are read by them. Names may be added, never changed.
 */
const PROCEDURES =
  'account.changePassword account.endSessions account.exportOwn account.idle account.me account.passwordLinks account.sessions annotations.append annotations.drawing annotations.since audit.changes audit.exportReads audit.head audit.ofOwnRecord audit.reads backups.last caseload.counts caseload.mine checkIns.addClips checkIns.answer checkIns.get checkIns.goWithoutClip checkIns.mine checkIns.ofPatient checkIns.removeClip checkIns.sendAgain checkIns.submit checkIns.tryClipAgain checkIns.withdraw checkIns.withdrawClip clinic.edit clinic.editAlarmWords clinic.editBarriers clinic.editHours clinic.editKeeping clinic.editVisits clinic.get cues.start cues.stop emergency.end emergency.open emergency.review emergency.running emergency.unreviewed exercises.get exercises.list exercises.setDemo flags.caution flags.liftStop flags.note flags.open flags.resolve flags.take invites.accept invites.show live.clock live.events logs.ofPatient logs.record logs.remove logs.trends media.createDemo media.finish media.progress notes.save notes.sign notices.list notices.markRead passwordLinks.ofAnyPatient passwordLinks.ofPatient passwordLinks.ofStaff passwordLinks.patients passwordLinks.use patients.add patients.addToCareTeam patients.changeConsent patients.consentNeeded patients.edit patients.editEpisode patients.endCareTeam patients.endLogin patients.get patients.giveLoginBack patients.giveTeam patients.invite patients.joinCareTeam patients.mine patients.myConsents patients.roster patients.withdrawInvite patients.withoutTeam practice.dayPack programs.create programs.get programs.ofPatient programs.publish programs.saveDraft records.askToOpen records.endLogin records.erase records.export records.get records.giveLoginBack records.hold records.liftHold records.list records.open reviews.appendOperation reviews.claim reviews.claimNext reviews.drawing reviews.heartbeat reviews.operationsSince reviews.publish reviews.queue reviews.release reviews.saveDraft reviews.skip staff.end staff.invite staff.invites staff.list staff.patientsOf staff.withdrawInvite stills.add symptoms.amend symptoms.say visitRecord.changeDose visitRecord.get visitRecord.saveSummary visitRecord.sayItHurts visits.admit visits.cancel visits.end visits.join visits.leave visits.mine visits.ofPatient visits.overlaps visits.remove visits.room visits.schedule visits.schedulePage visits.token visits.waitingNow'.split(
    ' ',
  );

/** Audit rows bear the policy of the procedure that wrote them. */
const AUDITED =
  'account.change_password account.end_sessions account.read audit.export audit.read audit.read_own backup.read care_team.assign care_team.change check_in.answer check_in.decide check_in.read check_in.submit check_in.withdraw clinic.change_settings clinic.make_password_link clinic.read consent.change consent.read emergency_access.end emergency_access.open emergency_access.review exercise.read exercise.set_demo flag.note flag.resolve flag.take invite.accept invite.new_password invite.read live.subscribe log.read log.remove log.write media.read note.write notice.mark_read notice.read patient.add patient.edit patient.end_login patient.export_own patient.invite patient.join_care_team patient.list patient.make_password_link patient.read program.read program.write record.end_login record.erase record.export record.hold record.keep review.claim review.read_queue review.write schedule.read staff.end staff.invite staff.read stop.lift visit.draw visit.join visit.read visit.read_room visit.run visit.say_it_hurts visit.schedule'.split(
    ' ',
  );

/** Written in the code of one folder each: databases and keys of a device, kinds of its queue, cookies, jobs, acts. */
const LITERALS: [string, string[]][] = [
  [
    'client',
    [
      "'regrasp-outbox'",
      "'regrasp-writes'",
      "'regrasp-texts'",
      "'regrasp-clips'",
      "'regrasp-day'",
      "'regrasp-check-in'",
      "'regrasp-frames'",
      '`regrasp-visit-${',
      '`regrasp.draft.${',
      "'regrasp.practice'",
      "'regrasp.counted'",
      "'regrasp.theme'",
      "'regrasp.text'",
      "'regrasp.zone='",
    ],
  ],
  [
    'client/device/outbox-sender.ts',
    'annotation review_annotation still cue_start cue_stop it_hurts log log_removed symptoms symptoms_amended check_in check_in_clips message'
      .split(' ')
      .map((kind) => `    ${kind}: (input) => `),
  ],
  ['public/sw.js', ["'regrasp-frames'", "'keep'"]],
  [
    'server',
    [
      "'regrasp.session'",
      "'__Host-regrasp.session'",
      "'regrasp.locale'",
      "'logs.record'",
      "'logs.remove'",
      "'symptoms.say'",
      "'symptoms.amend'",
      "'messages.send'",
      "'normalise'",
      "'clinic.create'",
      "'server.make_password_link'",
      "'session.begin'",
      "'media.end_keeping'",
      "'record.download'",
      "'session.end'",
      "'server.expire_media'",
      "'server.end_visit'",
      "'server.escalate_flag'",
    ],
  ],
];

function textOf(path: string): string {
  if (/\.\w+$/.test(path)) return readFileSync(path, 'utf8');
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('names that devices and databases hold', () => {
  it('of procedures', () => {
    expect(Object.keys(appRouter._def.procedures)).toEqual(expect.arrayContaining(PROCEDURES));
  });

  it('of policies, in audit rows', () => {
    expect(Object.keys(POLICIES)).toEqual(expect.arrayContaining(AUDITED));
  });

  it('of drawing operations', () => {
    const kinds = operationSchema._zod.def.options.map((option) => option._zod.def.shape.kind._zod.def.values[0]);
    expect(kinds).toEqual(expect.arrayContaining(['commit', 'remove', 'stage']));
  });

  it.each(LITERALS)('in %s', (path, names) => {
    const text = textOf(path);
    for (const name of names) expect(text.includes(name), name).toBe(true);
  });
});
