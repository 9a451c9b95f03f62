CREATE TABLE `mark_removals` (
	`surface_id` text NOT NULL,
	`mark_id` text NOT NULL,
	`author_id` text NOT NULL,
	`author_role` text NOT NULL,
	PRIMARY KEY(`surface_id`, `mark_id`, `author_id`, `author_role`),
	FOREIGN KEY (`surface_id`) REFERENCES `surfaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `marks` ADD `author_role` text;--> statement-breakpoint
ALTER TABLE `marks` ADD `lamport` integer;--> statement-breakpoint
ALTER TABLE `marks` ADD `op_id` text;--> statement-breakpoint
ALTER TABLE `marks` ADD `replaces` text;--> statement-breakpoint
CREATE INDEX `marks_replaces` ON `marks` (`surface_id`,`replaces`,`author_role`);--> statement-breakpoint
ALTER TABLE `surfaces` ADD `projected_revision` integer;--> statement-breakpoint
ALTER TABLE `visits` ADD `seen_at` integer;--> statement-breakpoint
CREATE INDEX `visits_open` ON `visits` (`opened_at`) WHERE state = 'open';