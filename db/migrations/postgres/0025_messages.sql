CREATE TABLE "barriers" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"said_by" text NOT NULL,
	"code" text NOT NULL,
	"words" text NOT NULL,
	"suggestion" text NOT NULL,
	"outcome" text NOT NULL,
	"said_at" bigint NOT NULL,
	"device_said_at" bigint,
	"received_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"number" integer NOT NULL,
	"author_id" text NOT NULL,
	"author_role" text NOT NULL,
	"body" text NOT NULL,
	"about" jsonb,
	"alarms" jsonb,
	"written_at" bigint NOT NULL,
	"device_written_at" bigint,
	"received_at" bigint NOT NULL,
	"promised_at" bigint
);
--> statement-breakpoint
CREATE TABLE "phrases" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"owner_id" text,
	"text" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "thread_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"kind" text NOT NULL,
	"author_id" text NOT NULL,
	"body" text NOT NULL,
	"to_user_id" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_readers" (
	"episode_id" text NOT NULL,
	"user_id" text NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"delivered_number" integer NOT NULL,
	"delivered_at" bigint NOT NULL,
	"read_number" integer NOT NULL,
	"read_at" bigint,
	CONSTRAINT "thread_readers_episode_id_user_id_pk" PRIMARY KEY("episode_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"episode_id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"assignee_id" text,
	"last_number" integer NOT NULL,
	"last_message_id" text,
	"last_at" bigint NOT NULL,
	"waiting_since" bigint,
	"waiting_rank" integer,
	"due_at" bigint,
	"promised_at" bigint,
	"says" jsonb,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "barriers" ADD CONSTRAINT "barriers_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barriers" ADD CONSTRAINT "barriers_said_by_users_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_episode_id_threads_episode_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."threads"("episode_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrases" ADD CONSTRAINT "phrases_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_notes" ADD CONSTRAINT "thread_notes_episode_id_threads_episode_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."threads"("episode_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_notes" ADD CONSTRAINT "thread_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_notes" ADD CONSTRAINT "thread_notes_to_user_id_users_id_fk" FOREIGN KEY ("to_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_readers" ADD CONSTRAINT "thread_readers_episode_id_threads_episode_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."threads"("episode_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_readers" ADD CONSTRAINT "thread_readers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "barriers_patient" ON "barriers" USING btree ("patient_id","received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_number" ON "messages" USING btree ("episode_id","number");--> statement-breakpoint
CREATE INDEX "messages_patient" ON "messages" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "phrases_clinic" ON "phrases" USING btree ("clinic_id","owner_id");--> statement-breakpoint
CREATE INDEX "thread_notes_episode" ON "thread_notes" USING btree ("episode_id","at");--> statement-breakpoint
CREATE INDEX "thread_notes_patient" ON "thread_notes" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "thread_readers_patient" ON "thread_readers" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "threads_waiting" ON "threads" USING btree ("clinic_id","waiting_rank","due_at","episode_id") WHERE waiting_since is not null;--> statement-breakpoint
CREATE INDEX "threads_last" ON "threads" USING btree ("clinic_id","last_at","episode_id");--> statement-breakpoint
CREATE INDEX "threads_patient" ON "threads" USING btree ("patient_id","clinic_id");--> statement-breakpoint
CREATE INDEX "notices_subject" ON "notices" USING btree ("subject_id","clinic_id");
--> statement-breakpoint
CREATE TRIGGER messages_no_update BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER messages_no_delete BEFORE DELETE ON messages FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE TRIGGER thread_notes_no_update BEFORE UPDATE ON thread_notes FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER thread_notes_no_delete BEFORE DELETE ON thread_notes FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE TRIGGER barriers_no_update BEFORE UPDATE ON barriers FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER barriers_no_delete BEFORE DELETE ON barriers FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
