CREATE TABLE "contact_choices" (
	"user_id" text PRIMARY KEY NOT NULL,
	"email_off" jsonb NOT NULL,
	"quiet_from" integer NOT NULL,
	"quiet_until" integer NOT NULL,
	"time_zone" text,
	"digest" text NOT NULL,
	"sms_phone" text,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dead_addresses" (
	"user_id" text NOT NULL,
	"channel" text NOT NULL,
	"clinic_id" text NOT NULL,
	"address_hash" text NOT NULL,
	"code" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "dead_addresses_user_id_channel_pk" PRIMARY KEY("user_id","channel")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"notice_id" text NOT NULL,
	"user_id" text NOT NULL,
	"channel" text NOT NULL,
	"address_hash" text NOT NULL,
	"kind_group" text NOT NULL,
	"audience" text NOT NULL,
	"is_urgent" boolean NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"unsure_count" integer NOT NULL,
	"due_at" bigint NOT NULL,
	"run_at" bigint NOT NULL,
	"message_token" text,
	"lease_until" bigint,
	"lease_token" text,
	"sent_at" bigint,
	"last_error" text,
	"undelivered_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "planned_at" bigint;--> statement-breakpoint
CREATE INDEX "dead_addresses_clinic" ON "dead_addresses" USING btree ("clinic_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_notice" ON "deliveries" USING btree ("notice_id","channel","address_hash");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("is_urgent","run_at","id") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "deliveries_user" ON "deliveries" USING btree ("user_id","channel","run_at") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "deliveries_clinic" ON "deliveries" USING btree ("clinic_id","sent_at");--> statement-breakpoint
CREATE INDEX "deliveries_created" ON "deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "deliveries_account" ON "deliveries" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notices_unplanned" ON "notices" USING btree ("created_at","id") WHERE planned_at is null;--> statement-breakpoint
-- What happened before anything left the app is no news.
UPDATE notices SET planned_at = created_at;
