CREATE TABLE `contact_choices` (
	`user_id` text PRIMARY KEY NOT NULL,
	`email_off` text NOT NULL,
	`quiet_from` integer NOT NULL,
	`quiet_until` integer NOT NULL,
	`time_zone` text,
	`digest` text NOT NULL,
	`sms_phone` text,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dead_addresses` (
	`user_id` text NOT NULL,
	`channel` text NOT NULL,
	`clinic_id` text NOT NULL,
	`address_hash` text NOT NULL,
	`code` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `channel`)
);
--> statement-breakpoint
CREATE INDEX `dead_addresses_clinic` ON `dead_addresses` (`clinic_id`,`at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`notice_id` text NOT NULL,
	`user_id` text NOT NULL,
	`channel` text NOT NULL,
	`address_hash` text NOT NULL,
	`kind_group` text NOT NULL,
	`audience` text NOT NULL,
	`is_urgent` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`unsure_count` integer NOT NULL,
	`due_at` integer NOT NULL,
	`run_at` integer NOT NULL,
	`message_token` text,
	`lease_until` integer,
	`lease_token` text,
	`sent_at` integer,
	`last_error` text,
	`undelivered_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_notice` ON `deliveries` (`notice_id`,`channel`,`address_hash`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`is_urgent`,`run_at`,`id`) WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX `deliveries_user` ON `deliveries` (`user_id`,`channel`,`run_at`) WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX `deliveries_clinic` ON `deliveries` (`clinic_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `deliveries_created` ON `deliveries` (`created_at`);--> statement-breakpoint
CREATE INDEX `deliveries_account` ON `deliveries` (`user_id`);--> statement-breakpoint
ALTER TABLE `notices` ADD `planned_at` integer;--> statement-breakpoint
CREATE INDEX `notices_unplanned` ON `notices` (`created_at`,`id`) WHERE planned_at is null;--> statement-breakpoint
-- What happened before anything left the app is no news.
UPDATE notices SET planned_at = created_at;
