DROP INDEX "check_ins_queue";--> statement-breakpoint
DROP INDEX "check_ins_assignee";--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "draft_dose" jsonb;--> statement-breakpoint
CREATE INDEX "check_ins_queue" ON "check_ins" USING btree ("clinic_id","queue_rank","due_at","id") WHERE (state in ('ready', 'in_review', 'escalated', 'failed_media') or (state in ('received', 'processing') and queue_rank = 0));--> statement-breakpoint
CREATE INDEX "check_ins_assignee" ON "check_ins" USING btree ("clinic_id","assignee_id","queue_rank","due_at","id") WHERE (state in ('ready', 'in_review', 'escalated', 'failed_media') or (state in ('received', 'processing') and queue_rank = 0));