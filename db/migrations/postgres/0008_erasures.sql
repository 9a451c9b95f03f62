CREATE TABLE "erasures" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"asked_by" text,
	"asked_at" bigint NOT NULL,
	"open_asked_by" text,
	"open_asked_at" bigint,
	"open_reason" text,
	"opened_by" text,
	"opened_at" bigint,
	"erased_by" text,
	"erased_at" bigint,
	"objects" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_tickets" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"session_id" text NOT NULL,
	"reader" text NOT NULL,
	"reason" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "locked_at" bigint;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_tickets" ADD CONSTRAINT "export_tickets_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_open" ON "erasures" USING btree ("patient_id") WHERE state in ('locked', 'running');--> statement-breakpoint
CREATE INDEX "erasures_patient" ON "erasures" USING btree ("patient_id","asked_at");--> statement-breakpoint
CREATE INDEX "erasures_clinic" ON "erasures" USING btree ("clinic_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "export_tickets_token" ON "export_tickets" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "export_tickets_patient" ON "export_tickets" USING btree ("patient_id");