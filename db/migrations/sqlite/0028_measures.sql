CREATE TABLE `assessment_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`assessment_id` text NOT NULL,
	`cell` text NOT NULL,
	`entry` text,
	`entered_by` text NOT NULL,
	`said_at` integer NOT NULL,
	`device_said_at` integer,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`assessment_id`) REFERENCES `assessments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `assessment_entries_cell` ON `assessment_entries` (`assessment_id`,`cell`,`said_at`);--> statement-breakpoint
CREATE INDEX `assessment_entries_patient` ON `assessment_entries` (`patient_id`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`template` text NOT NULL,
	`condition` text NOT NULL,
	`local_on` text NOT NULL,
	`time_zone` text NOT NULL,
	`examiner_id` text NOT NULL,
	`state` text NOT NULL,
	`note` text NOT NULL,
	`started_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`signed_at` integer,
	`signed_by` text,
	`next_due_on` text,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`examiner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `assessments_patient` ON `assessments` (`patient_id`,`clinic_id`,`local_on`);--> statement-breakpoint
CREATE INDEX `assessments_due` ON `assessments` (`clinic_id`,`next_due_on`) WHERE state = 'done';--> statement-breakpoint
CREATE TABLE `measures` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`assessment_id` text,
	`visit_id` text,
	`kind` text NOT NULL,
	`side` text,
	`digit` text,
	`joint` text,
	`motion` text,
	`activity` text,
	`site` text,
	`method` text NOT NULL,
	`device` text,
	`posture` text,
	`handle` integer,
	`statistic` text,
	`trials` text,
	`value` real,
	`choice` text,
	`note` text,
	`stopped_for` text,
	`measured_at` integer NOT NULL,
	`measured_time_zone` text NOT NULL,
	`entered_by` text NOT NULL,
	`received_at` integer NOT NULL,
	`override_reason` text,
	`supersedes_id` text,
	`surface_id` text,
	`mark_id` text,
	`correction_reason` text,
	`is_void` integer NOT NULL,
	`addendum_at` integer,
	`is_current` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assessment_id`) REFERENCES `assessments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `measures_supersedes` ON `measures` (`supersedes_id`);--> statement-breakpoint
CREATE INDEX `measures_patient` ON `measures` (`patient_id`,`clinic_id`,`measured_at`);--> statement-breakpoint
CREATE INDEX `measures_assessment` ON `measures` (`assessment_id`);--> statement-breakpoint
CREATE INDEX `measures_mark` ON `measures` (`surface_id`,`mark_id`);--> statement-breakpoint
CREATE TABLE `restrictions` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`kind` text NOT NULL,
	`restriction_limit` text NOT NULL,
	`until_on` text,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`source` text NOT NULL,
	`note` text,
	`lifted_by` text,
	`lifted_at` integer,
	`lifted_reason` text,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lifted_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `restrictions_patient` ON `restrictions` (`patient_id`,`clinic_id`,`set_at`);--> statement-breakpoint
ALTER TABLE `patients` ADD `sex` text;--> statement-breakpoint
ALTER TABLE `patients` ADD `occupation` text;--> statement-breakpoint
ALTER TABLE `patients` ADD `hobbies` text;--> statement-breakpoint
ALTER TABLE `patients` ADD `valued_activities` text;--> statement-breakpoint
ALTER TABLE `users` ADD `force_unit` text;--> statement-breakpoint
ALTER TABLE `program_versions` ADD `restriction_reason` text;--> statement-breakpoint
ALTER TABLE `program_versions` ADD `restrictions_broken` text;
--> statement-breakpoint
CREATE TRIGGER measures_content_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, assessment_id, visit_id, kind, side, digit, joint, motion, activity, site, method, device, posture, handle, statistic, trials, value, choice, note, stopped_for, measured_at, measured_time_zone, entered_by, received_at, override_reason, supersedes_id, surface_id, mark_id, correction_reason, is_void, addendum_at ON measures FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on measures is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER measures_no_delete BEFORE DELETE ON measures FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on measures is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER assessment_entries_no_update BEFORE UPDATE ON assessment_entries FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on assessment_entries is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER assessment_entries_no_delete BEFORE DELETE ON assessment_entries FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on assessment_entries is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER restrictions_content_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, kind, restriction_limit, until_on, set_by, set_at, source, note ON restrictions FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on restrictions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER restrictions_no_delete BEFORE DELETE ON restrictions FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on restrictions is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER program_versions_published_stays;
--> statement-breakpoint
CREATE TRIGGER program_versions_published_stays BEFORE UPDATE OF id, clinic_id, program_id, number, effective_from_on, based_on_id, source, source_id, reason, flag_reason, restriction_reason, restrictions_broken, created_by, created_at, published_by, published_at ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'UPDATE on program_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_signed_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, template, condition, local_on, time_zone, examiner_id, note, started_at, signed_at, signed_by ON assessments FOR EACH ROW WHEN (OLD.state = 'done') BEGIN SELECT RAISE(ABORT, 'UPDATE on assessments is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_forward_only BEFORE UPDATE OF state ON assessments FOR EACH ROW WHEN (OLD.state = 'done') BEGIN SELECT RAISE(ABORT, 'UPDATE on assessments is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER assessments_no_delete BEFORE DELETE ON assessments FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on assessments is refused: the row is part of the record'); END;
