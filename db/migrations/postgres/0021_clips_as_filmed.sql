ALTER TABLE "media" ADD COLUMN "filmed_ms" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "notes" jsonb;