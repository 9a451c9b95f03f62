CREATE TABLE `appointment_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`clinician_id` text NOT NULL,
	`visit_id` text,
	`type_id` text,
	`mode` text NOT NULL,
	`wishes` text NOT NULL,
	`words` text,
	`purpose` text,
	`interpreter` text,
	`helper_wanted` integer NOT NULL,
	`state` text NOT NULL,
	`booked_id` text,
	`answer` text,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinician_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`booked_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `appointment_requests_patient` ON `appointment_requests` (`patient_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `appointment_requests_open` ON `appointment_requests` (`clinic_id`,`created_at`,`id`) WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX `appointment_requests_move` ON `appointment_requests` (`visit_id`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `availabilities` (
	`clinic_id` text NOT NULL,
	`user_id` text NOT NULL,
	`time_zone` text NOT NULL,
	`hours` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`clinic_id`, `user_id`),
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `availability_exceptions` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`from_ms` integer NOT NULL,
	`until_ms` integer NOT NULL,
	`note` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `availability_exceptions_user` ON `availability_exceptions` (`clinic_id`,`user_id`,`until_ms`);--> statement-breakpoint
CREATE TABLE `calendar_feeds` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`user_id` text NOT NULL,
	`label` text,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_read_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_token` ON `calendar_feeds` (`token_hash`);--> statement-breakpoint
CREATE INDEX `calendar_feeds_user` ON `calendar_feeds` (`user_id`,`clinic_id`);--> statement-breakpoint
CREATE TABLE `waiting_list` (
	`visit_id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`clinician_id` text NOT NULL,
	`since` integer NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinician_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `waiting_list_clinician` ON `waiting_list` (`clinic_id`,`clinician_id`,`since`);--> statement-breakpoint
CREATE INDEX `waiting_list_patient` ON `waiting_list` (`patient_id`);--> statement-breakpoint
ALTER TABLE `visits` ADD `mode` text DEFAULT 'video' NOT NULL;--> statement-breakpoint
ALTER TABLE `visits` ADD `type_id` text;--> statement-breakpoint
ALTER TABLE `visits` ADD `buffer_minutes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `visits` ADD `sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `visits` ADD `changed_at` integer;--> statement-breakpoint
ALTER TABLE `visits` ADD `purpose` text;--> statement-breakpoint
ALTER TABLE `visits` ADD `interpreter` text;--> statement-breakpoint
ALTER TABLE `visits` ADD `helper_wanted` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `visits` ADD `series_id` text;--> statement-breakpoint
ALTER TABLE `visits` ADD `accepted_at` integer;--> statement-breakpoint
CREATE INDEX `visits_series` ON `visits` (`series_id`,`starts_at`) WHERE series_id is not null;