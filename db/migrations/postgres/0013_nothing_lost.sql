CREATE TABLE "mark_removals" (
	"surface_id" text NOT NULL,
	"mark_id" text NOT NULL,
	"author_id" text NOT NULL,
	"author_role" text NOT NULL,
	CONSTRAINT "mark_removals_surface_id_mark_id_author_id_author_role_pk" PRIMARY KEY("surface_id","mark_id","author_id","author_role")
);
--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "author_role" text;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "lamport" bigint;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "op_id" text;--> statement-breakpoint
ALTER TABLE "marks" ADD COLUMN "replaces" text;--> statement-breakpoint
ALTER TABLE "surfaces" ADD COLUMN "projected_revision" integer;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "seen_at" bigint;--> statement-breakpoint
ALTER TABLE "mark_removals" ADD CONSTRAINT "mark_removals_surface_id_surfaces_id_fk" FOREIGN KEY ("surface_id") REFERENCES "public"."surfaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "marks_replaces" ON "marks" USING btree ("surface_id","replaces","author_role");--> statement-breakpoint
CREATE INDEX "visits_open" ON "visits" USING btree ("opened_at") WHERE state = 'open';