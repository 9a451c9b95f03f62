CREATE TABLE "audit_checks" (
	"clinic_id" text PRIMARY KEY NOT NULL,
	"up_to" integer NOT NULL,
	"hash" text NOT NULL,
	"began_at" bigint NOT NULL,
	"whole_at" bigint,
	"whole_n" integer NOT NULL,
	"whole_hash" text NOT NULL,
	"broken_n" integer
);
--> statement-breakpoint
CREATE TABLE "emergency_accesses" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"membership_id" text NOT NULL,
	"reason" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"reviewed_by" text,
	"reviewed_at" bigint,
	"review_note" text
);
--> statement-breakpoint
ALTER TABLE "refusals" ADD COLUMN "outcome" text DEFAULT 'refused' NOT NULL;--> statement-breakpoint
ALTER TABLE "emergency_accesses" ADD CONSTRAINT "emergency_accesses_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_accesses" ADD CONSTRAINT "emergency_accesses_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_accesses" ADD CONSTRAINT "emergency_accesses_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_accesses" ADD CONSTRAINT "emergency_accesses_reviewed_by_users_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "emergency_accesses_patient" ON "emergency_accesses" USING btree ("patient_id","from_at","id");--> statement-breakpoint
CREATE INDEX "emergency_accesses_recent" ON "emergency_accesses" USING btree ("clinic_id","from_at","id");--> statement-breakpoint
CREATE INDEX "emergency_accesses_membership" ON "emergency_accesses" USING btree ("membership_id","to_at");--> statement-breakpoint
CREATE INDEX "emergency_accesses_open" ON "emergency_accesses" USING btree ("clinic_id","from_at") WHERE reviewed_at is null;