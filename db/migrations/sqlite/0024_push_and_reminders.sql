CREATE TABLE `push_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `push_subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`clinic_id` text NOT NULL,
	`session_id` text NOT NULL,
	`device_mark` text,
	`device_label` text,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscriptions_endpoint` ON `push_subscriptions` (`endpoint`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_user` ON `push_subscriptions` (`user_id`,`clinic_id`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_session` ON `push_subscriptions` (`session_id`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_device` ON `push_subscriptions` (`device_mark`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_clinic` ON `push_subscriptions` (`clinic_id`);--> statement-breakpoint
CREATE TABLE `reminder_choices` (
	`patient_id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`times` text NOT NULL,
	`repeats` integer NOT NULL,
	`not_today_on` text,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reminders` (
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`repeat_of` integer,
	PRIMARY KEY(`kind`, `subject_id`)
);
--> statement-breakpoint
CREATE INDEX `reminders_due` ON `reminders` (`due_at`,`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `reminders_patient` ON `reminders` (`patient_id`);--> statement-breakpoint
DROP INDEX `deliveries_due`;--> statement-breakpoint
DROP INDEX `deliveries_clinic`;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `expires_at` integer;--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`is_urgent`,`channel`,`run_at`,`id`) WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX `deliveries_clinic` ON `deliveries` (`clinic_id`,`channel`,`sent_at`);--> statement-breakpoint
ALTER TABLE `notices` ADD `expires_at` integer;--> statement-breakpoint
-- Visits that are on the calendar already; what is over by then is let go of when its turn comes.
INSERT INTO reminders (kind, subject_id, clinic_id, patient_id, due_at)
SELECT 'visit_day', id, clinic_id, patient_id, starts_at - 90000000 FROM visits WHERE state = 'scheduled' AND kind <> 'now';--> statement-breakpoint
INSERT INTO reminders (kind, subject_id, clinic_id, patient_id, due_at)
SELECT 'visit_soon', id, clinic_id, patient_id, starts_at - 600000 FROM visits WHERE state = 'scheduled' AND kind <> 'now';
