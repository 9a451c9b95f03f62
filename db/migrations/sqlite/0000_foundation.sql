CREATE TABLE `access_events` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`actor_id` text NOT NULL,
	`session_id` text,
	`policy` text NOT NULL,
	`patient_id` text NOT NULL,
	`window_starts_at` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_events_window` ON `access_events` (`actor_id`,`patient_id`,`policy`,`window_starts_at`);--> statement-breakpoint
CREATE INDEX `access_events_recent` ON `access_events` (`clinic_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`actor_id` text,
	`session_id` text,
	`act` text NOT NULL,
	`patient_id` text,
	`subject_id` text,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	`n` integer,
	`prev` text,
	`hash` text
);
--> statement-breakpoint
CREATE INDEX `audit_events_unsealed` ON `audit_events` (`clinic_id`,`id`) WHERE hash is null;--> statement-breakpoint
CREATE UNIQUE INDEX `audit_events_chain` ON `audit_events` (`clinic_id`,`n`);--> statement-breakpoint
CREATE INDEX `audit_events_recent` ON `audit_events` (`clinic_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`lease_until` integer,
	`lease_token` text,
	`last_error` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_dedupe` ON `jobs` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`run_at`,`id`) WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`event_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`read_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_event` ON `notices` (`user_id`,`event_key`);--> statement-breakpoint
CREATE INDEX `notices_user` ON `notices` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `operations` (
	`op_id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`procedure` text NOT NULL,
	`body_sha256` text NOT NULL,
	`result` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `check_in_events` (
	`id` text PRIMARY KEY NOT NULL,
	`check_in_id` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`by` text,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`check_in_id`) REFERENCES `check_ins`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `check_in_events_check_in` ON `check_in_events` (`check_in_id`,`at`);--> statement-breakpoint
CREATE TABLE `check_in_media` (
	`check_in_id` text NOT NULL,
	`media_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`check_in_id`, `position`),
	FOREIGN KEY (`check_in_id`) REFERENCES `check_ins`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `check_in_media_media` ON `check_in_media` (`media_id`);--> statement-breakpoint
CREATE TABLE `check_in_skips` (
	`check_in_id` text NOT NULL,
	`user_id` text NOT NULL,
	`reason` text NOT NULL,
	`until_at` integer NOT NULL,
	PRIMARY KEY(`check_in_id`, `user_id`),
	FOREIGN KEY (`check_in_id`) REFERENCES `check_ins`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `check_ins` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`lineage_id` text,
	`question` text NOT NULL,
	`answers` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`severity` text NOT NULL,
	`queue_rank` integer NOT NULL,
	`due_at` integer NOT NULL,
	`assignee_id` text,
	`claimed_by` text,
	`lease_until` integer,
	`lease_token` text,
	`claim_count` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `check_ins_queue` ON `check_ins` (`clinic_id`,`queue_rank`,`due_at`,`id`) WHERE state in ('ready', 'in_review', 'escalated');--> statement-breakpoint
CREATE INDEX `check_ins_patient` ON `check_ins` (`patient_id`,`submitted_at`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`check_in_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`clinician_id` text NOT NULL,
	`summary` text NOT NULL,
	`outcome` text NOT NULL,
	`error_tags` text NOT NULL,
	`surface_id` text NOT NULL,
	`surface_revision` integer NOT NULL,
	`program_version_id` text,
	`lease_token` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	`patient_answer` text,
	`patient_answered_at` integer,
	FOREIGN KEY (`check_in_id`) REFERENCES `check_ins`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinician_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_number` ON `reviews` (`check_in_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_draft` ON `reviews` (`check_in_id`) WHERE state = 'draft';--> statement-breakpoint
CREATE TABLE `clinics` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL,
	`locale` text NOT NULL,
	`phone` text NOT NULL,
	`emergency_number` text NOT NULL,
	`settings` text NOT NULL,
	`demo` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invites` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`kind` text NOT NULL,
	`role` text,
	`discipline` text,
	`email` text,
	`name` text NOT NULL,
	`patient_id` text,
	`scopes` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` text,
	`revoked_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invites_token` ON `invites` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invites_clinic` ON `invites` (`clinic_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`discipline` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_open` ON `memberships` (`clinic_id`,`user_id`,`role`) WHERE to_at is null;--> statement-breakpoint
CREATE INDEX `memberships_user` ON `memberships` (`user_id`);--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key` text NOT NULL,
	`window_starts_at` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key`, `window_starts_at`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`clinic_id` text,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`device_label` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`password_hash` text,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `error_tags` (
	`id` text PRIMARY KEY NOT NULL,
	`exercise_id` text,
	`clinic_id` text,
	`code` text NOT NULL,
	`label_patient` text NOT NULL,
	`label_clinical` text NOT NULL,
	`severity` text NOT NULL,
	FOREIGN KEY (`exercise_id`) REFERENCES `exercises`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `error_tags_exercise` ON `error_tags` (`exercise_id`);--> statement-breakpoint
CREATE TABLE `exercise_demos` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`exercise_id` text NOT NULL,
	`media_id` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`exercise_id`) REFERENCES `exercises`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exercise_demos_exercise` ON `exercise_demos` (`clinic_id`,`exercise_id`);--> statement-breakpoint
CREATE TABLE `exercise_texts` (
	`exercise_version_id` text NOT NULL,
	`locale` text NOT NULL,
	`name` text NOT NULL,
	`purpose` text NOT NULL,
	`steps` text NOT NULL,
	`cues` text NOT NULL,
	`precautions` text NOT NULL,
	PRIMARY KEY(`exercise_version_id`, `locale`),
	FOREIGN KEY (`exercise_version_id`) REFERENCES `exercise_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `exercise_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`exercise_id` text NOT NULL,
	`number` integer NOT NULL,
	`category` text NOT NULL,
	`equipment` text NOT NULL,
	`muscle_group` text NOT NULL,
	`grip_type` text,
	`object_size` text,
	`default_dose` text NOT NULL,
	`progression_variable` text NOT NULL,
	`precautions` text NOT NULL,
	`camera` text NOT NULL,
	`pose` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`exercise_id`) REFERENCES `exercises`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exercise_versions_number` ON `exercise_versions` (`exercise_id`,`number`);--> statement-breakpoint
CREATE TABLE `exercises` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`clinic_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exercises_slug` ON `exercises` (`clinic_id`,`slug`);--> statement-breakpoint
CREATE TABLE `flags` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`kind` text NOT NULL,
	`severity` text NOT NULL,
	`source_kind` text NOT NULL,
	`source_id` text NOT NULL,
	`rule` text NOT NULL,
	`policy_version` integer NOT NULL,
	`raised_at` integer NOT NULL,
	`seen_by` text,
	`seen_at` integer,
	`resolution` text,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `flags_source` ON `flags` (`source_kind`,`source_id`,`kind`);--> statement-breakpoint
CREATE INDEX `flags_open` ON `flags` (`clinic_id`,`patient_id`) WHERE seen_at is null;--> statement-breakpoint
CREATE INDEX `flags_patient` ON `flags` (`patient_id`,`raised_at`);--> statement-breakpoint
CREATE TABLE `log_sets` (
	`log_id` text NOT NULL,
	`set_number` integer NOT NULL,
	`reps` integer,
	`hold_seconds` text,
	`counted_by` text NOT NULL,
	`auto_reps` integer,
	PRIMARY KEY(`log_id`, `set_number`),
	FOREIGN KEY (`log_id`) REFERENCES `logs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `logs` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`practice_id` text,
	`patient_id` text NOT NULL,
	`prescription_id` text NOT NULL,
	`lineage_id` text NOT NULL,
	`program_version_id` text NOT NULL,
	`local_on` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`performed_at` integer NOT NULL,
	`performed_time_zone` text NOT NULL,
	`received_at` integer NOT NULL,
	`load_used` text,
	`pain` integer,
	`quality` integer,
	`comment` text,
	`source` text NOT NULL,
	`entered_by` text NOT NULL,
	`supersedes_id` text,
	`correction_reason` text,
	`is_current` integer NOT NULL,
	FOREIGN KEY (`practice_id`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prescription_id`) REFERENCES `prescriptions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `logs_supersedes` ON `logs` (`supersedes_id`);--> statement-breakpoint
CREATE INDEX `logs_patient` ON `logs` (`patient_id`,`performed_at`) WHERE is_current;--> statement-breakpoint
CREATE INDEX `logs_lineage` ON `logs` (`lineage_id`,`performed_at`);--> statement-breakpoint
CREATE INDEX `logs_clinic` ON `logs` (`clinic_id`,`performed_at`);--> statement-breakpoint
CREATE TABLE `practices` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`local_on` text NOT NULL,
	`slot` integer,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`pain_before` integer,
	`pain_after` integer,
	`effort` integer,
	`device` text,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `practices_patient` ON `practices` (`patient_id`,`local_on`);--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`owner_user_id` text NOT NULL,
	`patient_id` text,
	`kind` text NOT NULL,
	`derived_from_id` text,
	`state` text NOT NULL,
	`failure` text,
	`storage_key` text,
	`sha256` text,
	`bytes` integer,
	`mime` text,
	`width` integer,
	`height` integer,
	`frames_per_second` real,
	`frames` integer,
	`duration_ms` integer,
	`consent_id` text,
	`created_at` integer NOT NULL,
	`retain_until` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `media_storage` ON `media` (`storage_key`);--> statement-breakpoint
CREATE INDEX `media_derived` ON `media` (`derived_from_id`);--> statement-breakpoint
CREATE INDEX `media_patient` ON `media` (`patient_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `uploads` (
	`media_id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`tus_id` text NOT NULL,
	`bytes` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `uploads_tus` ON `uploads` (`tus_id`);--> statement-breakpoint
CREATE TABLE `care_team` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`membership_id` text NOT NULL,
	`part` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`membership_id`) REFERENCES `memberships`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `care_team_open` ON `care_team` (`patient_id`,`membership_id`) WHERE to_at is null;--> statement-breakpoint
CREATE INDEX `care_team_membership` ON `care_team` (`membership_id`,`patient_id`);--> statement-breakpoint
CREATE TABLE `caregiver_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`user_id` text NOT NULL,
	`scopes` text NOT NULL,
	`granted_at` integer NOT NULL,
	`until_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `caregiver_grants_user` ON `caregiver_grants` (`user_id`);--> statement-breakpoint
CREATE INDEX `caregiver_grants_patient` ON `caregiver_grants` (`patient_id`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`kind` text NOT NULL,
	`text_version` text NOT NULL,
	`given_by` text NOT NULL,
	`given_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`given_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consents_open` ON `consents` (`patient_id`,`kind`) WHERE revoked_at is null;--> statement-breakpoint
CREATE TABLE `episodes` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`title` text NOT NULL,
	`side` text NOT NULL,
	`condition_text` text NOT NULL,
	`injury_on` text,
	`surgery_on` text,
	`precautions_text` text NOT NULL,
	`lead_membership_id` text,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_membership_id`) REFERENCES `memberships`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `episodes_patient` ON `episodes` (`patient_id`);--> statement-breakpoint
CREATE TABLE `patients` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`user_id` text,
	`name` text NOT NULL,
	`birth_year` integer,
	`dominant_hand` text NOT NULL,
	`operates_with` text NOT NULL,
	`time_zone` text NOT NULL,
	`locale` text NOT NULL,
	`phone` text,
	`emergency_contact` text,
	`hand_length_mm` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `patients_user` ON `patients` (`clinic_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `patients_clinic` ON `patients` (`clinic_id`,`name`);--> statement-breakpoint
CREATE TABLE `prescriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`program_version_id` text NOT NULL,
	`lineage_id` text NOT NULL,
	`exercise_version_id` text NOT NULL,
	`position` integer NOT NULL,
	`side` text NOT NULL,
	`digits` text NOT NULL,
	`sets` integer NOT NULL,
	`reps_min` integer NOT NULL,
	`reps_max` integer NOT NULL,
	`hold_seconds` integer NOT NULL,
	`rest_seconds` integer NOT NULL,
	`tempo` text NOT NULL,
	`load` text NOT NULL,
	`effort_target` integer,
	`pain_limit` integer,
	`schedule` text NOT NULL,
	`phase` text,
	`from_on` text,
	`until_on` text,
	`envelope` text,
	`note_patient` text,
	`override_reason` text,
	FOREIGN KEY (`program_version_id`) REFERENCES `program_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`exercise_version_id`) REFERENCES `exercise_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prescriptions_lineage` ON `prescriptions` (`program_version_id`,`lineage_id`);--> statement-breakpoint
CREATE INDEX `prescriptions_by_lineage` ON `prescriptions` (`lineage_id`);--> statement-breakpoint
CREATE TABLE `program_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`program_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`effective_from_on` text,
	`based_on_id` text,
	`source` text NOT NULL,
	`source_id` text,
	`reason` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_by` text,
	`published_at` integer,
	FOREIGN KEY (`program_id`) REFERENCES `programs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `program_versions_number` ON `program_versions` (`program_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `program_versions_draft` ON `program_versions` (`program_id`) WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `program_versions_current` ON `program_versions` (`program_id`) WHERE state = 'published';--> statement-breakpoint
CREATE TABLE `programs` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `programs_patient` ON `programs` (`patient_id`);--> statement-breakpoint
CREATE TABLE `annotation_ops` (
	`surface_id` text NOT NULL,
	`revision` integer NOT NULL,
	`op_id` text NOT NULL,
	`author_id` text NOT NULL,
	`author_role` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`t_ms` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`surface_id`, `revision`),
	FOREIGN KEY (`surface_id`) REFERENCES `surfaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `annotation_ops_op` ON `annotation_ops` (`op_id`);--> statement-breakpoint
CREATE TABLE `cues` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`started_by` text NOT NULL,
	`kind` text NOT NULL,
	`pattern` text NOT NULL,
	`starts_at` integer NOT NULL,
	`stopped_at` integer,
	`result` text,
	`lineage_id` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`started_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `cues_visit` ON `cues` (`visit_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `marks` (
	`surface_id` text NOT NULL,
	`mark_id` text NOT NULL,
	`author_id` text NOT NULL,
	`kind` text NOT NULL,
	`anchor` text NOT NULL,
	`still_id` text,
	`frame_from` integer,
	`frame_to` integer,
	`joint` text,
	`digit` text,
	`side` text,
	`motion` text,
	`activity` text,
	`view` text,
	`value_degrees` integer,
	`error_tag` text,
	`lineage_id` text,
	`committed_at` integer NOT NULL,
	`removed` integer NOT NULL,
	PRIMARY KEY(`surface_id`, `mark_id`),
	FOREIGN KEY (`surface_id`) REFERENCES `surfaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `marks_lineage` ON `marks` (`lineage_id`);--> statement-breakpoint
CREATE TABLE `notes` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`visit_id` text,
	`review_id` text,
	`body` text NOT NULL,
	`author_id` text NOT NULL,
	`updated_at` integer NOT NULL,
	`signed_at` integer,
	`supersedes_id` text,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notes_patient` ON `notes` (`patient_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `notes_visit_draft` ON `notes` (`visit_id`,`author_id`) WHERE signed_at is null;--> statement-breakpoint
CREATE TABLE `stills` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`media_id` text NOT NULL,
	`surface_id` text NOT NULL,
	`captured_at` integer NOT NULL,
	`source` text NOT NULL,
	`side` text,
	`lineage_id` text,
	`label` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stills_visit` ON `stills` (`visit_id`,`captured_at`);--> statement-breakpoint
CREATE TABLE `surfaces` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`kind` text NOT NULL,
	`visit_id` text,
	`media_id` text,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `surfaces_visit` ON `surfaces` (`visit_id`);--> statement-breakpoint
CREATE TABLE `visit_events` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`participant_id` text,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`source` text NOT NULL,
	`webhook_id` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_events_webhook` ON `visit_events` (`webhook_id`);--> statement-breakpoint
CREATE INDEX `visit_events_visit` ON `visit_events` (`visit_id`,`at`);--> statement-breakpoint
CREATE TABLE `visit_participants` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`state` text NOT NULL,
	`waiting_at` integer,
	`admitted_by` text,
	`admitted_at` integer,
	`left_at` integer,
	`location_text` text,
	`present_others` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_participants_user` ON `visit_participants` (`visit_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`clinic_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`clinician_id` text NOT NULL,
	`kind` text NOT NULL,
	`starts_at` integer NOT NULL,
	`duration_minutes` integer NOT NULL,
	`time_zone` text NOT NULL,
	`state` text NOT NULL,
	`room_name` text,
	`opened_at` integer,
	`ended_at` integer,
	`fallback_phone` text,
	`summary` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`clinic_id`) REFERENCES `clinics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patient_id`) REFERENCES `patients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clinician_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `visits_patient` ON `visits` (`patient_id`,`starts_at`);--> statement-breakpoint
CREATE INDEX `visits_clinic` ON `visits` (`clinic_id`,`starts_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `visits_room` ON `visits` (`room_name`);