-- The one act that erases a person is recognised: within its transaction a row of `erasures` says whose rows may go.
CREATE FUNCTION regrasp_refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE patient text;
BEGIN
  IF TG_TABLE_NAME = 'annotation_ops' THEN SELECT patient_id INTO patient FROM surfaces WHERE id = OLD.surface_id;
  ELSIF TG_TABLE_NAME = 'check_in_events' THEN SELECT patient_id INTO patient FROM check_ins WHERE id = OLD.check_in_id;
  ELSIF TG_TABLE_NAME = 'visit_events' THEN SELECT patient_id INTO patient FROM visits WHERE id = OLD.visit_id;
  ELSIF TG_TABLE_NAME = 'log_sets' THEN SELECT patient_id INTO patient FROM logs WHERE id = OLD.log_id;
  ELSIF TG_TABLE_NAME = 'program_versions' THEN SELECT patient_id INTO patient FROM programs WHERE id = OLD.program_id;
  ELSE patient := OLD.patient_id;
  END IF;
  IF EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND erasures.patient_id = patient) THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% on % is refused: the row is part of the record', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER annotation_ops_no_delete ON annotation_ops;
--> statement-breakpoint
CREATE TRIGGER annotation_ops_no_delete BEFORE DELETE ON annotation_ops FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER check_in_events_no_delete ON check_in_events;
--> statement-breakpoint
CREATE TRIGGER check_in_events_no_delete BEFORE DELETE ON check_in_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER visit_events_no_delete ON visit_events;
--> statement-breakpoint
CREATE TRIGGER visit_events_no_delete BEFORE DELETE ON visit_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER log_sets_no_delete ON log_sets;
--> statement-breakpoint
CREATE TRIGGER log_sets_no_delete BEFORE DELETE ON log_sets FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER logs_no_delete ON logs;
--> statement-breakpoint
CREATE TRIGGER logs_no_delete BEFORE DELETE ON logs FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER program_versions_no_delete ON program_versions;
--> statement-breakpoint
CREATE TRIGGER program_versions_no_delete BEFORE DELETE ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
DROP TRIGGER notes_no_delete ON notes;
--> statement-breakpoint
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION regrasp_refuse_unless_erased();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION regrasp_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version text := CASE WHEN TG_OP = 'INSERT' THEN NEW.program_version_id ELSE OLD.program_version_id END;
BEGIN
  IF (SELECT state FROM program_versions WHERE id = version) <> 'draft' AND NOT (TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM erasures JOIN programs ON programs.patient_id = erasures.patient_id
      JOIN program_versions ON program_versions.program_id = programs.id
      WHERE erasures.state = 'running' AND program_versions.id = version)) THEN
    RAISE EXCEPTION '% on prescriptions is refused: the version is published', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
