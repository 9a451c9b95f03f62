CREATE TABLE `log_removals` (
	`log_id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`performed_at` integer NOT NULL,
	`reason` text NOT NULL,
	`said_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`removed_by` text NOT NULL,
	FOREIGN KEY (`log_id`) REFERENCES `logs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`removed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_removals_patient` ON `log_removals` (`patient_id`,`clinic_id`,`performed_at`);--> statement-breakpoint
ALTER TABLE `check_ins` ADD `program_version_id` text;--> statement-breakpoint
ALTER TABLE `practices` ADD `removed_at` integer;