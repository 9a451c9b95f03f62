CREATE INDEX `access_events_patient` ON `access_events` (`patient_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_events_patient` ON `audit_events` (`patient_id`,`at`,`id`);