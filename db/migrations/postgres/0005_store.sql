CREATE TABLE "store" (
	"id" text PRIMARY KEY NOT NULL,
	"made_at" bigint NOT NULL,
	"openable_from" bigint NOT NULL
);
