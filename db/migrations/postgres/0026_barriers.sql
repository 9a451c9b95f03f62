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
ALTER TABLE "barriers" ADD CONSTRAINT "barriers_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barriers" ADD CONSTRAINT "barriers_said_by_users_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "barriers_patient" ON "barriers" USING btree ("patient_id","received_at");
--> statement-breakpoint
CREATE TRIGGER barriers_no_update BEFORE UPDATE ON barriers FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER barriers_no_delete BEFORE DELETE ON barriers FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
