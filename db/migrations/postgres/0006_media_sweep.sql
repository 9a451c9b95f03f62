CREATE INDEX "media_pending" ON "media" USING btree ("created_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "media_discarded" ON "media" USING btree ("id") WHERE state = 'deleted' and storage_key is not null;--> statement-breakpoint
CREATE INDEX "media_retained" ON "media" USING btree ("retain_until") WHERE state = 'ready' and retain_until is not null;