ALTER TABLE `messages` ADD `alarms` text;--> statement-breakpoint
ALTER TABLE `threads` ADD `says` text;