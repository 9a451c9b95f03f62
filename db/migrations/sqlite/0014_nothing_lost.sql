CREATE TABLE `mark_removals` (
	`surface_id` text NOT NULL,
	`mark_id` text NOT NULL,
	`author_id` text NOT NULL,
	`author_role` text NOT NULL,
	PRIMARY KEY(`surface_id`, `mark_id`, `author_id`, `author_role`),
	FOREIGN KEY (`surface_id`) REFERENCES `surfaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `visit_addenda` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`text` text,
	`cue_id` text,
	`stopped_at` integer,
	`result` text,
	`added_at` integer NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `visit_addenda_visit` ON `visit_addenda` (`visit_id`,`added_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `visit_addenda_cue` ON `visit_addenda` (`cue_id`,`user_id`);--> statement-breakpoint
ALTER TABLE `annotation_ops` ADD `addendum_at` integer;--> statement-breakpoint
ALTER TABLE `marks` ADD `author_role` text;--> statement-breakpoint
ALTER TABLE `marks` ADD `lamport` integer;--> statement-breakpoint
ALTER TABLE `marks` ADD `op_id` text;--> statement-breakpoint
ALTER TABLE `marks` ADD `replaces` text;--> statement-breakpoint
CREATE INDEX `marks_replaces` ON `marks` (`surface_id`,`replaces`,`author_role`);--> statement-breakpoint
ALTER TABLE `surfaces` ADD `projected_revision` integer;--> statement-breakpoint
ALTER TABLE `cues` ADD `settled_at` integer;--> statement-breakpoint
ALTER TABLE `cues` ADD `addendum_at` integer;--> statement-breakpoint
ALTER TABLE `stills` ADD `addendum_at` integer;--> statement-breakpoint
ALTER TABLE `visit_events` ADD `addendum_at` integer;--> statement-breakpoint
ALTER TABLE `visits` ADD `seen_at` integer;--> statement-breakpoint
CREATE INDEX `visits_open` ON `visits` (`opened_at`) WHERE state = 'open';--> statement-breakpoint
CREATE TRIGGER visit_addenda_no_update BEFORE UPDATE ON visit_addenda FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on visit_addenda is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER visit_addenda_no_delete BEFORE DELETE ON visit_addenda FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on visit_addenda is refused: the row is part of the record'); END;
