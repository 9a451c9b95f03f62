DROP INDEX `check_ins_queue`;--> statement-breakpoint
DROP INDEX `check_ins_assignee`;--> statement-breakpoint
ALTER TABLE `check_ins` ADD `replaces_id` text;--> statement-breakpoint
CREATE INDEX `check_ins_queue` ON `check_ins` (`clinic_id`,`queue_rank`,`due_at`,`id`) WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');--> statement-breakpoint
CREATE INDEX `check_ins_assignee` ON `check_ins` (`clinic_id`,`assignee_id`,`queue_rank`,`due_at`,`id`) WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');