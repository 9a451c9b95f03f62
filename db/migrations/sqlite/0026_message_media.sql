CREATE TABLE `message_media` (
	`media_id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_media_message` ON `message_media` (`message_id`,`position`);--> statement-breakpoint
CREATE INDEX `message_media_patient` ON `message_media` (`patient_id`);