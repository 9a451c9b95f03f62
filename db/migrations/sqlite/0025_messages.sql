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
CREATE INDEX `barriers_patient` ON `barriers` (`patient_id`,`received_at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`number` integer NOT NULL,
	`author_id` text NOT NULL,
	`author_role` text NOT NULL,
	`body` text NOT NULL,
	`about` text,
	`alarms` text,
	`written_at` integer NOT NULL,
	`device_written_at` integer,
	`received_at` integer NOT NULL,
	`promised_at` integer,
	FOREIGN KEY (`episode_id`) REFERENCES `threads`(`episode_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_number` ON `messages` (`episode_id`,`number`);--> statement-breakpoint
CREATE INDEX `messages_patient` ON `messages` (`patient_id`);--> statement-breakpoint
CREATE TABLE `phrases` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`owner_id` text,
	`text` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `phrases_clinic` ON `phrases` (`clinic_id`,`owner_id`);--> statement-breakpoint
CREATE TABLE `thread_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`kind` text NOT NULL,
	`author_id` text NOT NULL,
	`body` text NOT NULL,
	`to_user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `threads`(`episode_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `thread_notes_episode` ON `thread_notes` (`episode_id`,`at`);--> statement-breakpoint
CREATE INDEX `thread_notes_patient` ON `thread_notes` (`patient_id`);--> statement-breakpoint
CREATE TABLE `thread_readers` (
	`episode_id` text NOT NULL,
	`user_id` text NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`delivered_number` integer NOT NULL,
	`delivered_at` integer NOT NULL,
	`read_number` integer NOT NULL,
	`read_at` integer,
	PRIMARY KEY(`episode_id`, `user_id`),
	FOREIGN KEY (`episode_id`) REFERENCES `threads`(`episode_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `thread_readers_patient` ON `thread_readers` (`patient_id`);--> statement-breakpoint
CREATE TABLE `threads` (
	`episode_id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`assignee_id` text,
	`last_number` integer NOT NULL,
	`last_message_id` text,
	`last_at` integer NOT NULL,
	`waiting_since` integer,
	`waiting_rank` integer,
	`due_at` integer,
	`promised_at` integer,
	`says` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `threads_waiting` ON `threads` (`clinic_id`,`waiting_rank`,`due_at`,`episode_id`) WHERE waiting_since is not null;--> statement-breakpoint
CREATE INDEX `threads_last` ON `threads` (`clinic_id`,`last_at`,`episode_id`);--> statement-breakpoint
CREATE INDEX `threads_patient` ON `threads` (`patient_id`,`clinic_id`);--> statement-breakpoint
CREATE INDEX `notices_subject` ON `notices` (`subject_id`,`clinic_id`);
--> statement-breakpoint
CREATE TRIGGER messages_no_update BEFORE UPDATE ON messages FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on messages is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER messages_no_delete BEFORE DELETE ON messages FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on messages is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER thread_notes_no_update BEFORE UPDATE ON thread_notes FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on thread_notes is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER thread_notes_no_delete BEFORE DELETE ON thread_notes FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on thread_notes is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER barriers_no_update BEFORE UPDATE ON barriers FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on barriers is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER barriers_no_delete BEFORE DELETE ON barriers FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on barriers is refused: the row is part of the record'); END;
