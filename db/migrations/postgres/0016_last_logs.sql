CREATE TABLE "last_logs" (
	"patient_id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "last_logs" ADD CONSTRAINT "last_logs_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
INSERT INTO last_logs (patient_id, at) SELECT patient_id, max(performed_at) FROM logs WHERE is_current GROUP BY patient_id;
--> statement-breakpoint
CREATE FUNCTION regrasp_keep_last_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.is_current THEN
      INSERT INTO last_logs (patient_id, at) VALUES (NEW.patient_id, NEW.performed_at)
        ON CONFLICT (patient_id) DO UPDATE SET at = greatest(last_logs.at, excluded.at);
    END IF;
  ELSE
    DELETE FROM last_logs WHERE patient_id = NEW.patient_id;
    INSERT INTO last_logs (patient_id, at)
      SELECT patient_id, max(performed_at) FROM logs WHERE patient_id = NEW.patient_id AND is_current GROUP BY patient_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER logs_keep_last_insert AFTER INSERT ON logs FOR EACH ROW EXECUTE FUNCTION regrasp_keep_last_log();
--> statement-breakpoint
CREATE TRIGGER logs_keep_last_update AFTER UPDATE OF is_current ON logs FOR EACH ROW EXECUTE FUNCTION regrasp_keep_last_log();
