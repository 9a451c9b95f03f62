DROP INDEX `check_ins_queue`;--> statement-breakpoint
DROP INDEX `check_ins_assignee`;--> statement-breakpoint
CREATE INDEX `check_ins_queue` ON `check_ins` (`clinic_id`,`queue_rank`,`due_at`,`id`) WHERE (state in ('ready', 'in_review', 'escalated', 'failed_media') or (state in ('received', 'processing') and queue_rank = 0));--> statement-breakpoint
CREATE INDEX `check_ins_assignee` ON `check_ins` (`clinic_id`,`assignee_id`,`queue_rank`,`due_at`,`id`) WHERE (state in ('ready', 'in_review', 'escalated', 'failed_media') or (state in ('received', 'processing') and queue_rank = 0));--> statement-breakpoint
ALTER TABLE `reviews` ADD `draft_dose` text;