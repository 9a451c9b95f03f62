CREATE TABLE "mark_removals" (
	"surface_id" text NOT NULL,
	"mark_id" text NOT NULL,
	"author_id" text NOT NULL,
	"author_role" text NOT NULL,
	CONSTRAINT "mark_removals_surface_id_mark_id_author_id_author_role_pk" PRIMARY KEY("surface_id","mark_id","author_id","author_role")
);
--> statement-breakpoint
CREATE TABLE "visit_addenda" (
	"id" text PRIMARY KEY NOT NULL,
	"visit_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"text" text,
	"cue_id" text,
	"stopped_at" bigint,
	"result" jsonb,
	"added_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "annotation_ops" ADD COLUMN "addendum_at" bigint;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "author_role" text;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "lamport" bigint;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "op_id" text;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "replaces" text;--> statement-breakpoint
ALTER TABLE "surfaces" ADD COLUMN "projected_revision" integer;--> statement-breakpoint
ALTER TABLE "cues" ADD COLUMN "settled_at" bigint;--> statement-breakpoint
ALTER TABLE "cues" ADD COLUMN "addendum_at" bigint;--> statement-breakpoint
ALTER TABLE "stills" ADD COLUMN "addendum_at" bigint;--> statement-breakpoint
ALTER TABLE "visit_events" ADD COLUMN "addendum_at" bigint;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "seen_at" bigint;--> statement-breakpoint
ALTER TABLE "mark_removals" ADD CONSTRAINT "mark_removals_surface_id_surfaces_id_fk" FOREIGN KEY ("surface_id") REFERENCES "public"."surfaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_addenda" ADD CONSTRAINT "visit_addenda_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_addenda" ADD CONSTRAINT "visit_addenda_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_addenda" ADD CONSTRAINT "visit_addenda_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visit_addenda_visit" ON "visit_addenda" USING btree ("visit_id","added_at");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_addenda_cue" ON "visit_addenda" USING btree ("cue_id","user_id");--> statement-breakpoint
CREATE INDEX "marks_replaces" ON "marks" USING btree ("surface_id","replaces","author_role");--> statement-breakpoint
CREATE INDEX "visits_open" ON "visits" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE TRIGGER visit_addenda_no_update BEFORE UPDATE ON visit_addenda FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER visit_addenda_no_delete BEFORE DELETE ON visit_addenda FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
