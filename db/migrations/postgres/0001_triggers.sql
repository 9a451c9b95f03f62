-- What is part of the record stays: append-only tables and published or signed rows refuse change.
CREATE FUNCTION regrasp_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% on % is refused: the row is part of the record', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
--> statement-breakpoint
CREATE TRIGGER access_events_no_update BEFORE UPDATE ON access_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER access_events_no_delete BEFORE DELETE ON access_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER annotation_ops_no_update BEFORE UPDATE ON annotation_ops FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER annotation_ops_no_delete BEFORE DELETE ON annotation_ops FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER exercise_versions_no_update BEFORE UPDATE ON exercise_versions FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER exercise_versions_no_delete BEFORE DELETE ON exercise_versions FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER exercise_texts_no_update BEFORE UPDATE ON exercise_texts FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER exercise_texts_no_delete BEFORE DELETE ON exercise_texts FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER check_in_events_no_update BEFORE UPDATE ON check_in_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER check_in_events_no_delete BEFORE DELETE ON check_in_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER visit_events_no_update BEFORE UPDATE ON visit_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER visit_events_no_delete BEFORE DELETE ON visit_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER log_sets_no_update BEFORE UPDATE ON log_sets FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER log_sets_no_delete BEFORE DELETE ON log_sets FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_events_content_stays BEFORE UPDATE OF id, clinic_id, actor_id, session_id, act, patient_id, subject_id, outcome, at ON audit_events FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_events_sealed_once BEFORE UPDATE ON audit_events FOR EACH ROW WHEN (OLD.hash IS NOT NULL) EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER logs_no_delete BEFORE DELETE ON logs FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER logs_content_stays BEFORE UPDATE OF id, clinic_id, practice_id, patient_id, prescription_id, lineage_id, program_version_id, local_on, state, reason, performed_at, performed_time_zone, received_at, load_used, pain, quality, comment, source, entered_by, supersedes_id, correction_reason ON logs FOR EACH ROW EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER program_versions_no_delete BEFORE DELETE ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER program_versions_published_stays BEFORE UPDATE OF id, clinic_id, program_id, number, effective_from_on, based_on_id, source, source_id, reason, created_by, created_at, published_by, published_at ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER program_versions_forward_only BEFORE UPDATE OF state ON program_versions FOR EACH ROW WHEN (OLD.state = 'superseded' OR (OLD.state = 'published' AND NEW.state <> 'superseded')) EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER notes_signed_stays BEFORE UPDATE ON notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION regrasp_refuse();
--> statement-breakpoint
CREATE FUNCTION regrasp_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version text := CASE WHEN TG_OP = 'INSERT' THEN NEW.program_version_id ELSE OLD.program_version_id END;
BEGIN
  IF (SELECT state FROM program_versions WHERE id = version) <> 'draft' THEN
    RAISE EXCEPTION '% on prescriptions is refused: the version is published', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER prescriptions_published BEFORE INSERT OR UPDATE OR DELETE ON prescriptions FOR EACH ROW EXECUTE FUNCTION regrasp_refuse_published();
