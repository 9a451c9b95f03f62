CREATE TABLE `last_logs` (
	`patient_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO last_logs (patient_id, at) SELECT patient_id, max(performed_at) FROM logs WHERE is_current GROUP BY patient_id;
--> statement-breakpoint
CREATE TRIGGER logs_keep_last_insert AFTER INSERT ON logs FOR EACH ROW WHEN NEW.is_current BEGIN INSERT INTO last_logs (patient_id, at) VALUES (NEW.patient_id, NEW.performed_at) ON CONFLICT (patient_id) DO UPDATE SET at = max(at, excluded.at); END;
--> statement-breakpoint
CREATE TRIGGER logs_keep_last_update AFTER UPDATE OF is_current ON logs FOR EACH ROW BEGIN DELETE FROM last_logs WHERE patient_id = NEW.patient_id; INSERT INTO last_logs (patient_id, at) SELECT patient_id, max(performed_at) FROM logs WHERE patient_id = NEW.patient_id AND is_current GROUP BY patient_id; END;
