ALTER TABLE "check_ins" ADD COLUMN "device_submitted_at" bigint;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "device_said_at" bigint;--> statement-breakpoint
ALTER TABLE "log_removals" ADD COLUMN "device_said_at" bigint;--> statement-breakpoint
ALTER TABLE "logs" ADD COLUMN "device_performed_at" bigint;--> statement-breakpoint
ALTER TABLE "logs" ADD COLUMN "device_said_at" bigint;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "device_started_at" bigint;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "device_ended_at" bigint;--> statement-breakpoint
ALTER TABLE "symptom_checks" ADD COLUMN "device_said_at" bigint;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "filmed_ms" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "notes" jsonb;--> statement-breakpoint
ALTER TABLE "visit_participants" ADD COLUMN "door_until" bigint;--> statement-breakpoint
CREATE INDEX "visits_clinician" ON "visits" USING btree ("clinician_id","starts_at") WHERE state in ('scheduled', 'open');