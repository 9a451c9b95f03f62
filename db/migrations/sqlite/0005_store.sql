CREATE TABLE `store` (
	`id` text PRIMARY KEY NOT NULL,
	`made_at` integer NOT NULL,
	`openable_from` integer NOT NULL
);
