CREATE TABLE "escalation_tellings" (
	"flag_id" text NOT NULL,
	"step" text NOT NULL,
	"user_id" text NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "escalation_tellings_flag_id_step_user_id_pk" PRIMARY KEY("flag_id","step","user_id")
);
--> statement-breakpoint
CREATE TABLE "escalations" (
	"flag_id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"step" text NOT NULL,
	"raised_at" bigint NOT NULL,
	"next_at" bigint,
	"taken_by" text,
	"taken_at" bigint,
	"ended_at" bigint
);
--> statement-breakpoint
ALTER TABLE "escalation_tellings" ADD CONSTRAINT "escalation_tellings_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_tellings" ADD CONSTRAINT "escalation_tellings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_taken_by_users_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "escalation_tellings_patient" ON "escalation_tellings" USING btree ("patient_id","clinic_id");--> statement-breakpoint
CREATE INDEX "escalations_due" ON "escalations" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "escalations_patient" ON "escalations" USING btree ("patient_id","clinic_id");