CREATE TABLE `refusals` (
	`key` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`actor_id` text,
	`session_id` text,
	`act` text NOT NULL,
	`patient_id` text,
	`subject_id` text,
	`ends_at` integer NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `refusals_ends` ON `refusals` (`ends_at`);--> statement-breakpoint
ALTER TABLE `audit_events` ADD `count` integer;--> statement-breakpoint
CREATE INDEX `audit_events_patient` ON `audit_events` (`patient_id`,`at`,`id`);--> statement-breakpoint
ALTER TABLE `care_team` ADD `reason` text;--> statement-breakpoint
CREATE INDEX `access_events_patient` ON `access_events` (`patient_id`,`at`,`id`);--> statement-breakpoint
CREATE TRIGGER audit_events_count_stays BEFORE UPDATE OF count ON audit_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on audit_events is refused: the row is part of the record'); END;
