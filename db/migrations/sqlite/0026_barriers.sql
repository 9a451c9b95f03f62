CREATE TABLE `barriers` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`said_by` text NOT NULL,
	`code` text NOT NULL,
	`words` text NOT NULL,
	`suggestion` text NOT NULL,
	`outcome` text NOT NULL,
	`said_at` integer NOT NULL,
	`device_said_at` integer,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`said_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `barriers_patient` ON `barriers` (`patient_id`,`received_at`);
--> statement-breakpoint
CREATE TRIGGER barriers_no_update BEFORE UPDATE ON barriers FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on barriers is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER barriers_no_delete BEFORE DELETE ON barriers FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on barriers is refused: the row is part of the record'); END;
