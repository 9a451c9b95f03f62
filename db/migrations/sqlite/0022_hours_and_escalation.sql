CREATE TABLE `escalation_tellings` (
	`flag_id` text NOT NULL,
	`step` text NOT NULL,
	`user_id` text NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`flag_id`, `step`, `user_id`),
	FOREIGN KEY (`flag_id`) REFERENCES `flags`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `escalation_tellings_patient` ON `escalation_tellings` (`patient_id`,`clinic_id`);--> statement-breakpoint
CREATE TABLE `escalations` (
	`flag_id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`step` text NOT NULL,
	`raised_at` integer NOT NULL,
	`next_at` integer,
	`taken_by` text,
	`taken_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`flag_id`) REFERENCES `flags`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `escalations_due` ON `escalations` (`next_at`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `escalations_patient` ON `escalations` (`patient_id`,`clinic_id`);