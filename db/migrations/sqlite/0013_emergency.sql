CREATE TABLE `audit_checks` (
	`clinic_id` text PRIMARY KEY NOT NULL,
	`up_to` integer NOT NULL,
	`hash` text NOT NULL,
	`began_at` integer NOT NULL,
	`whole_at` integer,
	`whole_n` integer NOT NULL,
	`whole_hash` text NOT NULL,
	`broken_n` integer
);
--> statement-breakpoint
CREATE TABLE `emergency_accesses` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`reason` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`reviewed_by` text,
	`reviewed_at` integer,
	`review_note` text,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`membership_id`) REFERENCES `memberships`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `emergency_accesses_patient` ON `emergency_accesses` (`patient_id`,`from_at`,`id`);--> statement-breakpoint
CREATE INDEX `emergency_accesses_recent` ON `emergency_accesses` (`clinic_id`,`from_at`,`id`);--> statement-breakpoint
CREATE INDEX `emergency_accesses_membership` ON `emergency_accesses` (`membership_id`,`to_at`);--> statement-breakpoint
CREATE INDEX `emergency_accesses_open` ON `emergency_accesses` (`clinic_id`,`from_at`) WHERE reviewed_at is null;--> statement-breakpoint
ALTER TABLE `refusals` ADD `outcome` text DEFAULT 'refused' NOT NULL;