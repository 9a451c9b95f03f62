CREATE TABLE `legal_holds` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`reason` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`lifted_by` text,
	`lifted_at` integer,
	`lifted_reason` text,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lifted_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `legal_holds_open` ON `legal_holds` (`patient_id`) WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX `legal_holds_patient` ON `legal_holds` (`patient_id`,`set_at`);--> statement-breakpoint
ALTER TABLE `consents` ADD `keep_days` integer;--> statement-breakpoint
ALTER TABLE `patients` ADD `login_ended_at` integer;--> statement-breakpoint
CREATE INDEX `media_kept` ON `media` (`clinic_id`,`kind`,`created_at`) WHERE state = 'ready';