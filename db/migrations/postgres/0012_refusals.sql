CREATE TABLE "refusals" (
	"key" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"actor_id" text,
	"session_id" text,
	"act" text NOT NULL,
	"patient_id" text,
	"subject_id" text,
	"ends_at" bigint NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "count" integer;--> statement-breakpoint
ALTER TABLE "care_team" ADD COLUMN "reason" text;--> statement-breakpoint
CREATE INDEX "refusals_ends" ON "refusals" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "access_events_patient" ON "access_events" USING btree ("patient_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_patient" ON "audit_events" USING btree ("patient_id","at","id");--> statement-breakpoint
CREATE TRIGGER audit_events_count_stays BEFORE UPDATE OF count ON audit_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
