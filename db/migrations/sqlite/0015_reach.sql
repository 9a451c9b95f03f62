DROP INDEX `logs_clinic`;--> statement-breakpoint
DROP INDEX `logs_patient`;--> statement-breakpoint
CREATE INDEX `logs_painful` ON `logs` (`patient_id`,`clinic_id`,`performed_at`,`local_on`,`pain`) WHERE is_current and pain >= 3;--> statement-breakpoint
CREATE INDEX `logs_painful_since` ON `logs` (`clinic_id`,`performed_at`,`patient_id`,`local_on`,`pain`) WHERE is_current and pain >= 3;--> statement-breakpoint
CREATE INDEX `logs_patient` ON `logs` (`patient_id`,`clinic_id`,`performed_at`,`local_on`,`pain`) WHERE is_current;--> statement-breakpoint
DROP INDEX `practices_patient`;--> statement-breakpoint
CREATE INDEX `practices_painful` ON `practices` (`patient_id`,`clinic_id`,`started_at`,`local_on`,`pain_after`) WHERE pain_after >= 3;--> statement-breakpoint
CREATE INDEX `practices_painful_since` ON `practices` (`clinic_id`,`started_at`,`patient_id`,`local_on`,`pain_after`) WHERE pain_after >= 3;--> statement-breakpoint
CREATE INDEX `practices_patient` ON `practices` (`patient_id`,`clinic_id`,`started_at`,`local_on`,`pain_after`);--> statement-breakpoint
DROP INDEX `care_team_membership`;--> statement-breakpoint
CREATE INDEX `care_team_patient` ON `care_team` (`patient_id`);--> statement-breakpoint
CREATE INDEX `care_team_membership` ON `care_team` (`membership_id`,`clinic_id`,`to_at`,`patient_id`);--> statement-breakpoint
DROP INDEX `visits_patient`;--> statement-breakpoint
CREATE INDEX `visits_patient` ON `visits` (`patient_id`,`clinic_id`,`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `access_events_actor` ON `access_events` (`actor_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `check_ins_waiting` ON `check_ins` (`clinic_id`,`patient_id`,`due_at`) WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');--> statement-breakpoint
CREATE INDEX `patients_account` ON `patients` (`user_id`);--> statement-breakpoint
CREATE INDEX `invites_account` ON `invites` (`user_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invites_patient` ON `invites` (`patient_id`,`clinic_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `program_versions_source` ON `program_versions` (`source_id`);--> statement-breakpoint
CREATE INDEX `visit_participants_waiting` ON `visit_participants` (`waiting_at`) WHERE state = 'waiting' and role = 'patient';