ALTER TABLE `check_ins` ADD `device_submitted_at` integer;--> statement-breakpoint
ALTER TABLE `flags` ADD `device_said_at` integer;--> statement-breakpoint
ALTER TABLE `log_removals` ADD `device_said_at` integer;--> statement-breakpoint
ALTER TABLE `logs` ADD `device_performed_at` integer;--> statement-breakpoint
ALTER TABLE `logs` ADD `device_said_at` integer;--> statement-breakpoint
ALTER TABLE `practices` ADD `device_started_at` integer;--> statement-breakpoint
ALTER TABLE `practices` ADD `device_ended_at` integer;--> statement-breakpoint
ALTER TABLE `symptom_checks` ADD `device_said_at` integer;--> statement-breakpoint
ALTER TABLE `media` ADD `filmed_ms` integer;--> statement-breakpoint
ALTER TABLE `media` ADD `notes` text;--> statement-breakpoint
ALTER TABLE `visit_participants` ADD `door_until` integer;--> statement-breakpoint
CREATE INDEX `visits_clinician` ON `visits` (`clinician_id`,`starts_at`) WHERE state in ('scheduled', 'open');