-- What is part of the record stays: append-only tables and published or signed rows refuse change.
CREATE TRIGGER access_events_no_update BEFORE UPDATE ON access_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on access_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER access_events_no_delete BEFORE DELETE ON access_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on access_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER annotation_ops_no_update BEFORE UPDATE ON annotation_ops FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on annotation_ops is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER annotation_ops_no_delete BEFORE DELETE ON annotation_ops FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on annotation_ops is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER exercise_versions_no_update BEFORE UPDATE ON exercise_versions FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on exercise_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER exercise_versions_no_delete BEFORE DELETE ON exercise_versions FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on exercise_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER exercise_texts_no_update BEFORE UPDATE ON exercise_texts FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on exercise_texts is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER exercise_texts_no_delete BEFORE DELETE ON exercise_texts FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on exercise_texts is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER check_in_events_no_update BEFORE UPDATE ON check_in_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on check_in_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER check_in_events_no_delete BEFORE DELETE ON check_in_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on check_in_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER visit_events_no_update BEFORE UPDATE ON visit_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on visit_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER visit_events_no_delete BEFORE DELETE ON visit_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on visit_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER log_sets_no_update BEFORE UPDATE ON log_sets FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on log_sets is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER log_sets_no_delete BEFORE DELETE ON log_sets FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on log_sets is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on audit_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_content_stays BEFORE UPDATE OF id, clinic_id, actor_id, session_id, act, patient_id, subject_id, outcome, at ON audit_events FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on audit_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER audit_events_sealed_once BEFORE UPDATE ON audit_events FOR EACH ROW WHEN (OLD.hash IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'UPDATE on audit_events is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER logs_no_delete BEFORE DELETE ON logs FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'DELETE on logs is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER logs_content_stays BEFORE UPDATE OF id, clinic_id, practice_id, patient_id, prescription_id, lineage_id, program_version_id, local_on, state, reason, performed_at, performed_time_zone, received_at, load_used, pain, quality, comment, source, entered_by, supersedes_id, correction_reason ON logs FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'UPDATE on logs is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER program_versions_no_delete BEFORE DELETE ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'DELETE on program_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER program_versions_published_stays BEFORE UPDATE OF id, clinic_id, program_id, number, effective_from_on, based_on_id, source, source_id, reason, created_by, created_at, published_by, published_at ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft') BEGIN SELECT RAISE(ABORT, 'UPDATE on program_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER program_versions_forward_only BEFORE UPDATE OF state ON program_versions FOR EACH ROW WHEN (OLD.state = 'superseded' OR (OLD.state = 'published' AND NEW.state <> 'superseded')) BEGIN SELECT RAISE(ABORT, 'UPDATE on program_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER notes_signed_stays BEFORE UPDATE ON notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'UPDATE on notes is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'DELETE on notes is refused: the row is part of the record'); END;
--> statement-breakpoint
CREATE TRIGGER prescriptions_published_insert BEFORE INSERT ON prescriptions FOR EACH ROW WHEN (SELECT state FROM program_versions WHERE id = NEW.program_version_id) <> 'draft' BEGIN SELECT RAISE(ABORT, 'INSERT on prescriptions is refused: the version is published'); END;
--> statement-breakpoint
CREATE TRIGGER prescriptions_published_update BEFORE UPDATE ON prescriptions FOR EACH ROW WHEN (SELECT state FROM program_versions WHERE id = OLD.program_version_id) <> 'draft' BEGIN SELECT RAISE(ABORT, 'UPDATE on prescriptions is refused: the version is published'); END;
--> statement-breakpoint
CREATE TRIGGER prescriptions_published_delete BEFORE DELETE ON prescriptions FOR EACH ROW WHEN (SELECT state FROM program_versions WHERE id = OLD.program_version_id) <> 'draft' BEGIN SELECT RAISE(ABORT, 'DELETE on prescriptions is refused: the version is published'); END;
