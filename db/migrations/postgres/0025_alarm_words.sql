ALTER TABLE "messages" ADD COLUMN "alarms" jsonb;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "says" jsonb;