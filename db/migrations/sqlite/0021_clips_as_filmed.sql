ALTER TABLE `media` ADD `filmed_ms` integer;--> statement-breakpoint
ALTER TABLE `media` ADD `notes` text;