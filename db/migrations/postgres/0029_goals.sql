CREATE TABLE "goal_ratings" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"goal_id" text NOT NULL,
	"value" integer NOT NULL,
	"said_at" bigint NOT NULL,
	"device_said_at" bigint,
	"local_on" text NOT NULL,
	"received_at" bigint NOT NULL,
	"entered_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "goals" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"words" text NOT NULL,
	"task" text,
	"target" integer,
	"review_on" text,
	"rate_every_days" integer,
	"milestones" jsonb NOT NULL,
	"lineage_ids" jsonb NOT NULL,
	"state" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" bigint NOT NULL,
	"came_of_id" text,
	"closed_by" text,
	"closed_at" bigint,
	"closed_reason" text,
	"revision" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "goal_ratings" ADD CONSTRAINT "goal_ratings_goal_id_goals_id_fk" FOREIGN KEY ("goal_id") REFERENCES "public"."goals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goal_ratings" ADD CONSTRAINT "goal_ratings_entered_by_users_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "goal_ratings_goal" ON "goal_ratings" USING btree ("goal_id","said_at");--> statement-breakpoint
CREATE INDEX "goal_ratings_patient" ON "goal_ratings" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "goals_patient" ON "goals" USING btree ("patient_id","clinic_id","set_at");--> statement-breakpoint
CREATE INDEX "goals_review" ON "goals" USING btree ("clinic_id","review_on") WHERE state = 'open';
--> statement-breakpoint
CREATE TRIGGER goals_no_delete BEFORE DELETE ON goals FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE TRIGGER goal_ratings_no_delete BEFORE DELETE ON goal_ratings FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE TRIGGER goal_ratings_no_update BEFORE UPDATE ON goal_ratings FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER goals_content_stays BEFORE UPDATE OF id, clinic_id, patient_id, episode_id, words, task, set_by, set_at, came_of_id ON goals FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
