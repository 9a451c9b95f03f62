CREATE TABLE "backups" (
	"id" text PRIMARY KEY NOT NULL,
	"made_at" bigint NOT NULL,
	"finished_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"removed_at" bigint,
	"folder" text NOT NULL,
	"encrypted" boolean NOT NULL,
	"seal" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "backups_recent" ON "backups" USING btree ("made_at");