CREATE TABLE `flag_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`flag_id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`flag_id`) REFERENCES `flags`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flag_notes_flag` ON `flag_notes` (`flag_id`,`at`);--> statement-breakpoint
CREATE TABLE `stops` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`flag_id` text NOT NULL,
	`lineage_id` text,
	`severity` text NOT NULL,
	`rule` text NOT NULL,
	`policy_version` integer NOT NULL,
	`said_at` integer NOT NULL,
	`said_on` text NOT NULL,
	`lifted_at` integer,
	`lifted_by` text,
	`lifted_for` text,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`flag_id`) REFERENCES `flags`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stops_held` ON `stops` (`patient_id`,`clinic_id`,`said_at`) WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX `stops_flag` ON `stops` (`flag_id`);--> statement-breakpoint
CREATE TABLE `symptom_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`occasion` text NOT NULL,
	`place` text NOT NULL,
	`subject_id` text,
	`lineage_id` text,
	`local_on` text NOT NULL,
	`said_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	`pain` integer,
	`red_flags` text,
	`shown_zone` text,
	`shown_policy_version` integer,
	`taken_back_at` integer,
	`corrected_pain` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `symptom_checks_patient` ON `symptom_checks` (`patient_id`,`clinic_id`,`said_at`);--> statement-breakpoint
CREATE INDEX `symptom_checks_subject` ON `symptom_checks` (`subject_id`,`said_at`);--> statement-breakpoint
DROP INDEX `check_ins_queue`;--> statement-breakpoint
DROP INDEX `check_ins_assignee`;--> statement-breakpoint
ALTER TABLE `check_ins` ADD `replaces_id` text;--> statement-breakpoint
CREATE INDEX `check_ins_queue` ON `check_ins` (`clinic_id`,`queue_rank`,`due_at`,`id`) WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');--> statement-breakpoint
CREATE INDEX `check_ins_assignee` ON `check_ins` (`clinic_id`,`assignee_id`,`queue_rank`,`due_at`,`id`) WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');--> statement-breakpoint
ALTER TABLE `flags` ADD `lineage_id` text;--> statement-breakpoint
ALTER TABLE `flags` ADD `pain` integer;--> statement-breakpoint
ALTER TABLE `flags` ADD `red_flags` text;--> statement-breakpoint
ALTER TABLE `flags` ADD `said_at` integer;--> statement-breakpoint
ALTER TABLE `flags` ADD `corrected_pain` integer;--> statement-breakpoint
ALTER TABLE `flags` ADD `taken_back_at` integer;--> statement-breakpoint
ALTER TABLE `logs` ADD `said_at` integer;--> statement-breakpoint
ALTER TABLE `logs` ADD `shown_zone` text;--> statement-breakpoint
ALTER TABLE `logs` ADD `shown_policy_version` integer;--> statement-breakpoint
ALTER TABLE `program_versions` ADD `flag_reason` text;
--> statement-breakpoint
-- The pain of a log that was said once more for its sitting and then corrected: the sitting alone still told the old one.
UPDATE practices SET pain_after = NULL WHERE id IN (
  SELECT logs.practice_id FROM logs INNER JOIN practices AS sitting ON sitting.id = logs.practice_id
  WHERE NOT logs.is_current AND logs.pain = sitting.pain_after
);
