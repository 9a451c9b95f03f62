CREATE TABLE "log_removals" (
	"log_id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"performed_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"said_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"removed_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "check_ins" ADD COLUMN "program_version_id" text;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "removed_at" bigint;--> statement-breakpoint
ALTER TABLE "log_removals" ADD CONSTRAINT "log_removals_log_id_logs_id_fk" FOREIGN KEY ("log_id") REFERENCES "public"."logs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_removals" ADD CONSTRAINT "log_removals_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_removals" ADD CONSTRAINT "log_removals_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_removals" ADD CONSTRAINT "log_removals_removed_by_users_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_removals_patient" ON "log_removals" USING btree ("patient_id","clinic_id","performed_at");