CREATE TABLE "flag_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"flag_id" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stops" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"flag_id" text NOT NULL,
	"lineage_id" text,
	"severity" text NOT NULL,
	"rule" text NOT NULL,
	"policy_version" integer NOT NULL,
	"said_at" bigint NOT NULL,
	"said_on" text NOT NULL,
	"lifted_at" bigint,
	"lifted_by" text,
	"lifted_for" text
);
--> statement-breakpoint
CREATE TABLE "symptom_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"occasion" text NOT NULL,
	"place" text NOT NULL,
	"subject_id" text,
	"lineage_id" text,
	"local_on" text NOT NULL,
	"said_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"entered_by" text NOT NULL,
	"pain" integer,
	"red_flags" jsonb,
	"shown_zone" text,
	"shown_policy_version" integer,
	"taken_back_at" bigint,
	"corrected_pain" integer
);
--> statement-breakpoint
DROP INDEX "check_ins_queue";--> statement-breakpoint
DROP INDEX "check_ins_assignee";--> statement-breakpoint
ALTER TABLE "check_ins" ADD COLUMN "replaces_id" text;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "lineage_id" text;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "pain" integer;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "red_flags" jsonb;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "said_at" bigint;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "corrected_pain" integer;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "taken_back_at" bigint;--> statement-breakpoint
ALTER TABLE "logs" ADD COLUMN "said_at" bigint;--> statement-breakpoint
ALTER TABLE "logs" ADD COLUMN "shown_zone" text;--> statement-breakpoint
ALTER TABLE "logs" ADD COLUMN "shown_policy_version" integer;--> statement-breakpoint
ALTER TABLE "program_versions" ADD COLUMN "flag_reason" text;--> statement-breakpoint
ALTER TABLE "flag_notes" ADD CONSTRAINT "flag_notes_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag_notes" ADD CONSTRAINT "flag_notes_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "symptom_checks" ADD CONSTRAINT "symptom_checks_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "symptom_checks" ADD CONSTRAINT "symptom_checks_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "symptom_checks" ADD CONSTRAINT "symptom_checks_entered_by_users_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flag_notes_flag" ON "flag_notes" USING btree ("flag_id","at");--> statement-breakpoint
CREATE INDEX "stops_held" ON "stops" USING btree ("patient_id","clinic_id","said_at") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "stops_flag" ON "stops" USING btree ("flag_id");--> statement-breakpoint
CREATE INDEX "symptom_checks_patient" ON "symptom_checks" USING btree ("patient_id","clinic_id","said_at");--> statement-breakpoint
CREATE INDEX "symptom_checks_subject" ON "symptom_checks" USING btree ("subject_id","said_at");--> statement-breakpoint
CREATE INDEX "check_ins_queue" ON "check_ins" USING btree ("clinic_id","queue_rank","due_at","id") WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');--> statement-breakpoint
CREATE INDEX "check_ins_assignee" ON "check_ins" USING btree ("clinic_id","assignee_id","queue_rank","due_at","id") WHERE state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media');
--> statement-breakpoint
-- The pain of a log that was said once more for its sitting and then corrected: the sitting alone still told the old one.
UPDATE practices SET pain_after = NULL WHERE id IN (
  SELECT logs.practice_id FROM logs INNER JOIN practices AS sitting ON sitting.id = logs.practice_id
  WHERE NOT logs.is_current AND logs.pain = sitting.pain_after
);
