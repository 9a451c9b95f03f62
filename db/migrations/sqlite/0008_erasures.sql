CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`asked_by` text,
	`asked_at` integer NOT NULL,
	`open_asked_by` text,
	`open_asked_at` integer,
	`open_reason` text,
	`opened_by` text,
	`opened_at` integer,
	`erased_by` text,
	`erased_at` integer,
	`objects` text NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `erasures_open` ON `erasures` (`patient_id`) WHERE state in ('locked', 'running');--> statement-breakpoint
CREATE INDEX `erasures_patient` ON `erasures` (`patient_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `erasures_clinic` ON `erasures` (`clinic_id`,`asked_at`);--> statement-breakpoint
CREATE TABLE `export_tickets` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`session_id` text NOT NULL,
	`reader` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `export_tickets_token` ON `export_tickets` (`token_hash`);--> statement-breakpoint
CREATE INDEX `export_tickets_patient` ON `export_tickets` (`patient_id`);--> statement-breakpoint
ALTER TABLE `patients` ADD `locked_at` integer;