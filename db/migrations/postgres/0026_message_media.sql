CREATE TABLE "message_media" (
	"media_id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message_media" ADD CONSTRAINT "message_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_media" ADD CONSTRAINT "message_media_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_media_message" ON "message_media" USING btree ("message_id","position");--> statement-breakpoint
CREATE INDEX "message_media_patient" ON "message_media" USING btree ("patient_id");