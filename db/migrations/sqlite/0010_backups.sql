CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`made_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`removed_at` integer,
	`folder` text NOT NULL,
	`encrypted` integer NOT NULL,
	`seal` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `backups_recent` ON `backups` (`made_at`);