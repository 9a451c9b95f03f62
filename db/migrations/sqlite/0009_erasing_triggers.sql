-- The one act that erases a person is recognised: within its transaction a row of `erasures` says whose rows may go.
DROP TRIGGER annotation_ops_no_delete;
--> statement-breakpoint
CREATE TRIGGER annotation_ops_no_delete BEFORE DELETE ON annotation_ops FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = (SELECT patient_id FROM surfaces WHERE id = OLD.surface_id))) BEGIN SELECT RAISE(ABORT, 'DELETE on annotation_ops is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER check_in_events_no_delete;
--> statement-breakpoint
CREATE TRIGGER check_in_events_no_delete BEFORE DELETE ON check_in_events FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = (SELECT patient_id FROM check_ins WHERE id = OLD.check_in_id))) BEGIN SELECT RAISE(ABORT, 'DELETE on check_in_events is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER visit_events_no_delete;
--> statement-breakpoint
CREATE TRIGGER visit_events_no_delete BEFORE DELETE ON visit_events FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = (SELECT patient_id FROM visits WHERE id = OLD.visit_id))) BEGIN SELECT RAISE(ABORT, 'DELETE on visit_events is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER log_sets_no_delete;
--> statement-breakpoint
CREATE TRIGGER log_sets_no_delete BEFORE DELETE ON log_sets FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = (SELECT patient_id FROM logs WHERE id = OLD.log_id))) BEGIN SELECT RAISE(ABORT, 'DELETE on log_sets is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER logs_no_delete;
--> statement-breakpoint
CREATE TRIGGER logs_no_delete BEFORE DELETE ON logs FOR EACH ROW WHEN (NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on logs is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER program_versions_no_delete;
--> statement-breakpoint
CREATE TRIGGER program_versions_no_delete BEFORE DELETE ON program_versions FOR EACH ROW WHEN (OLD.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = (SELECT patient_id FROM programs WHERE id = OLD.program_id))) BEGIN SELECT RAISE(ABORT, 'DELETE on program_versions is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER notes_no_delete;
--> statement-breakpoint
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = OLD.patient_id)) BEGIN SELECT RAISE(ABORT, 'DELETE on notes is refused: the row is part of the record'); END;
--> statement-breakpoint
DROP TRIGGER prescriptions_published_delete;
--> statement-breakpoint
CREATE TRIGGER prescriptions_published_delete BEFORE DELETE ON prescriptions FOR EACH ROW WHEN ((SELECT state FROM program_versions WHERE id = OLD.program_version_id) <> 'draft' AND NOT EXISTS (SELECT 1 FROM erasures WHERE state = 'running' AND patient_id = (SELECT programs.patient_id FROM programs JOIN program_versions ON program_versions.program_id = programs.id WHERE program_versions.id = OLD.program_version_id))) BEGIN SELECT RAISE(ABORT, 'DELETE on prescriptions is refused: the version is published'); END;
