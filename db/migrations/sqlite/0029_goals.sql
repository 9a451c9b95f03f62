CREATE TABLE `goal_ratings` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`goal_id` text NOT NULL,
	`value` integer NOT NULL,
	`said_at` integer NOT NULL,
	`device_said_at` integer,
	`local_on` text NOT NULL,
	`received_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	FOREIGN KEY (`goal_id`) REFERENCES `goals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `goal_ratings_goal` ON `goal_ratings` (`goal_id`,`said_at`);--> statement-breakpoint
CREATE INDEX `goal_ratings_patient` ON `goal_ratings` (`patient_id`);--> statement-breakpoint
CREATE TABLE `goals` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`words` text NOT NULL,
	`task` text,
	`target` integer,
	`review_on` text,
	`rate_every_days` integer,
	`milestones` text NOT NULL,
	`lineage_ids` text NOT NULL,
	`state` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`came_of_id` text,
	`closed_by` text,
	`closed_at` integer,
	`closed_reason` text,
	`revision` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `goals_patient` ON `goals` (`patient_id`,`clinic_id`,`set_at`);--> statement-breakpoint
CREATE INDEX `goals_review` ON `goals` (`clinic_id`,`review_on`) WHERE state = 'open';
--> statement-breakpoint
CREATE TRIGGER goals_no_delete BEFORE DELETE ON goals FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on goals is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER goal_ratings_no_delete BEFORE DELETE ON goal_ratings FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on goal_ratings is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER goal_ratings_no_update BEFORE UPDATE ON goal_ratings FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on goal_ratings is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER goals_content_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, words, task, set_by, set_at, came_of_id ON goals FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on goals is refused: the row is part of the record'); END;
