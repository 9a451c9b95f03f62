CREATE TABLE "legal_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"reason" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" bigint NOT NULL,
	"lifted_by" text,
	"lifted_at" bigint,
	"lifted_reason" text
);
--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "keep_days" integer;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "login_ended_at" bigint;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "legal_holds_open" ON "legal_holds" USING btree ("patient_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "legal_holds_patient" ON "legal_holds" USING btree ("patient_id","set_at");--> statement-breakpoint
CREATE INDEX "media_kept" ON "media" USING btree ("clinic_id","kind","created_at") WHERE state = 'ready';