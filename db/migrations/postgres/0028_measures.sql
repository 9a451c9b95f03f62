CREATE TABLE "assessment_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"assessment_id" text NOT NULL,
	"cell" text NOT NULL,
	"entry" jsonb,
	"entered_by" text NOT NULL,
	"said_at" bigint NOT NULL,
	"device_said_at" bigint,
	"received_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assessments" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"template" text NOT NULL,
	"condition" text NOT NULL,
	"local_on" text NOT NULL,
	"time_zone" text NOT NULL,
	"examiner_id" text NOT NULL,
	"state" text NOT NULL,
	"note" text NOT NULL,
	"started_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"signed_at" bigint,
	"signed_by" text,
	"next_due_on" text
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"assessment_id" text,
	"visit_id" text,
	"kind" text NOT NULL,
	"side" text,
	"digit" text,
	"joint" text,
	"motion" text,
	"activity" text,
	"site" text,
	"method" text NOT NULL,
	"device" text,
	"posture" text,
	"handle" integer,
	"statistic" text,
	"trials" jsonb,
	"value" double precision,
	"choice" text,
	"note" text,
	"stopped_for" text,
	"measured_at" bigint NOT NULL,
	"measured_time_zone" text NOT NULL,
	"entered_by" text NOT NULL,
	"received_at" bigint NOT NULL,
	"override_reason" text,
	"supersedes_id" text,
	"surface_id" text,
	"mark_id" text,
	"correction_reason" text,
	"is_void" boolean NOT NULL,
	"addendum_at" bigint,
	"is_current" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "restrictions" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"kind" text NOT NULL,
	"restriction_limit" jsonb NOT NULL,
	"until_on" text,
	"set_by" text NOT NULL,
	"set_at" bigint NOT NULL,
	"source" text NOT NULL,
	"note" text,
	"lifted_by" text,
	"lifted_at" bigint,
	"lifted_reason" text
);
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "sex" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "occupation" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "hobbies" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "valued_activities" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "force_unit" text;--> statement-breakpoint
ALTER TABLE "program_versions" ADD COLUMN "restriction_reason" text;--> statement-breakpoint
ALTER TABLE "program_versions" ADD COLUMN "restrictions_broken" jsonb;--> statement-breakpoint
ALTER TABLE "assessment_entries" ADD CONSTRAINT "assessment_entries_assessment_id_assessments_id_fk" FOREIGN KEY ("assessment_id") REFERENCES "public"."assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_entries" ADD CONSTRAINT "assessment_entries_entered_by_users_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_examiner_id_users_id_fk" FOREIGN KEY ("examiner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_signed_by_users_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_assessment_id_assessments_id_fk" FOREIGN KEY ("assessment_id") REFERENCES "public"."assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_entered_by_users_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_entries_cell" ON "assessment_entries" USING btree ("assessment_id","cell","said_at");--> statement-breakpoint
CREATE INDEX "assessment_entries_patient" ON "assessment_entries" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "assessments_patient" ON "assessments" USING btree ("patient_id","clinic_id","local_on");--> statement-breakpoint
CREATE INDEX "assessments_due" ON "assessments" USING btree ("clinic_id","next_due_on") WHERE state = 'done';--> statement-breakpoint
CREATE UNIQUE INDEX "measures_supersedes" ON "measures" USING btree ("supersedes_id");--> statement-breakpoint
CREATE INDEX "measures_patient" ON "measures" USING btree ("patient_id","clinic_id","measured_at");--> statement-breakpoint
CREATE INDEX "measures_assessment" ON "measures" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "measures_mark" ON "measures" USING btree ("surface_id","mark_id");--> statement-breakpoint
CREATE INDEX "restrictions_patient" ON "restrictions" USING btree ("patient_id","clinic_id","set_at");
--> statement-breakpoint
CREATE TRIGGER measures_content_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, assessment_id, visit_id, kind, side, digit, joint, motion, activity, site, method, device, posture, handle, statistic, trials, value, choice, note, stopped_for, measured_at, measured_time_zone, entered_by, received_at, override_reason, supersedes_id, surface_id, mark_id, correction_reason, is_void, addendum_at ON measures FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER measures_no_delete BEFORE DELETE ON measures FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE TRIGGER assessment_entries_no_update BEFORE UPDATE ON assessment_entries FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER assessment_entries_no_delete BEFORE DELETE ON assessment_entries FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE TRIGGER restrictions_content_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, kind, restriction_limit, until_on, set_by, set_at, source, note ON restrictions FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER restrictions_no_delete BEFORE DELETE ON restrictions FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER program_versions_published_stays ON program_versions;
--> statement-breakpoint
CREATE TRIGGER program_versions_published_stays BEFORE UPDATE OF id, clinic_id, program_id, number, effective_from_on, based_on_id, source, source_id, reason, flag_reason, restriction_reason, restrictions_broken, created_by, created_at, published_by, published_at ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER assessments_signed_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, template, condition, local_on, time_zone, examiner_id, note, started_at, signed_at, signed_by ON assessments FOR EACH ROW WHEN (OLD.state = 'done') EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER assessments_forward_only BEFORE UPDATE OF state ON assessments FOR EACH ROW WHEN (OLD.state = 'done') EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER assessments_no_delete BEFORE DELETE ON assessments FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
