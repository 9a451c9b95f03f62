CREATE TABLE "access_events" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"actor_id" text NOT NULL,
	"session_id" text,
	"policy" text NOT NULL,
	"patient_id" text NOT NULL,
	"window_starts_at" bigint NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"actor_id" text,
	"session_id" text,
	"act" text NOT NULL,
	"patient_id" text,
	"subject_id" text,
	"outcome" text NOT NULL,
	"at" bigint NOT NULL,
	"n" integer,
	"prev" text,
	"hash" text
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text NOT NULL,
	"run_at" bigint NOT NULL,
	"attempts" integer NOT NULL,
	"lease_until" bigint,
	"lease_token" text,
	"last_error" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"event_key" text NOT NULL,
	"created_at" bigint NOT NULL,
	"read_at" bigint
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"op_id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"procedure" text NOT NULL,
	"body_sha256" text NOT NULL,
	"result" jsonb,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_in_events" (
	"id" text PRIMARY KEY NOT NULL,
	"check_in_id" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"by" text,
	"reason" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_in_media" (
	"check_in_id" text NOT NULL,
	"media_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "check_in_media_check_in_id_position_pk" PRIMARY KEY("check_in_id","position")
);
--> statement-breakpoint
CREATE TABLE "check_in_skips" (
	"check_in_id" text NOT NULL,
	"user_id" text NOT NULL,
	"reason" text NOT NULL,
	"until_at" bigint NOT NULL,
	CONSTRAINT "check_in_skips_check_in_id_user_id_pk" PRIMARY KEY("check_in_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "check_ins" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"lineage_id" text,
	"question" text NOT NULL,
	"answers" jsonb NOT NULL,
	"submitted_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"state" text NOT NULL,
	"severity" text NOT NULL,
	"queue_rank" integer NOT NULL,
	"due_at" bigint NOT NULL,
	"assignee_id" text,
	"claimed_by" text,
	"lease_until" bigint,
	"lease_token" text,
	"claim_count" integer NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"check_in_id" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"clinician_id" text NOT NULL,
	"summary" text NOT NULL,
	"outcome" text NOT NULL,
	"error_tags" jsonb NOT NULL,
	"surface_id" text NOT NULL,
	"surface_revision" integer NOT NULL,
	"program_version_id" text,
	"lease_token" text NOT NULL,
	"created_at" bigint NOT NULL,
	"published_at" bigint,
	"patient_answer" text,
	"patient_answered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "clinics" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"phone" text NOT NULL,
	"emergency_number" text NOT NULL,
	"settings" jsonb NOT NULL,
	"demo" boolean NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invites" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"kind" text NOT NULL,
	"role" text,
	"discipline" text,
	"email" text,
	"name" text NOT NULL,
	"patient_id" text,
	"scopes" jsonb,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"used_by" text,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"discipline" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text NOT NULL,
	"window_starts_at" bigint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_limits_key_window_starts_at_pk" PRIMARY KEY("key","window_starts_at")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"clinic_id" text,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint,
	"device_label" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text,
	"name" text NOT NULL,
	"locale" text NOT NULL,
	"password_hash" text,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "error_tags" (
	"id" text PRIMARY KEY NOT NULL,
	"exercise_id" text,
	"clinic_id" text,
	"code" text NOT NULL,
	"label_patient" text NOT NULL,
	"label_clinical" text NOT NULL,
	"severity" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exercise_demos" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"exercise_id" text NOT NULL,
	"media_id" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"retired_at" bigint
);
--> statement-breakpoint
CREATE TABLE "exercise_texts" (
	"exercise_version_id" text NOT NULL,
	"locale" text NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"steps" jsonb NOT NULL,
	"cues" jsonb NOT NULL,
	"precautions" jsonb NOT NULL,
	CONSTRAINT "exercise_texts_exercise_version_id_locale_pk" PRIMARY KEY("exercise_version_id","locale")
);
--> statement-breakpoint
CREATE TABLE "exercise_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"exercise_id" text NOT NULL,
	"number" integer NOT NULL,
	"category" text NOT NULL,
	"equipment" jsonb NOT NULL,
	"muscle_group" jsonb NOT NULL,
	"grip_type" text,
	"object_size" text,
	"default_dose" jsonb NOT NULL,
	"progression_variable" text NOT NULL,
	"precautions" jsonb NOT NULL,
	"camera" text NOT NULL,
	"pose" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exercises" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"clinic_id" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"source_kind" text NOT NULL,
	"source_id" text NOT NULL,
	"rule" text NOT NULL,
	"policy_version" integer NOT NULL,
	"raised_at" bigint NOT NULL,
	"seen_by" text,
	"seen_at" bigint,
	"resolution" text
);
--> statement-breakpoint
CREATE TABLE "log_sets" (
	"log_id" text NOT NULL,
	"set_number" integer NOT NULL,
	"reps" integer,
	"hold_seconds" jsonb,
	"counted_by" text NOT NULL,
	"auto_reps" integer,
	CONSTRAINT "log_sets_log_id_set_number_pk" PRIMARY KEY("log_id","set_number")
);
--> statement-breakpoint
CREATE TABLE "logs" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"practice_id" text,
	"patient_id" text NOT NULL,
	"prescription_id" text NOT NULL,
	"lineage_id" text NOT NULL,
	"program_version_id" text NOT NULL,
	"local_on" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"performed_at" bigint NOT NULL,
	"performed_time_zone" text NOT NULL,
	"received_at" bigint NOT NULL,
	"load_used" jsonb,
	"pain" integer,
	"quality" integer,
	"comment" text,
	"source" text NOT NULL,
	"entered_by" text NOT NULL,
	"supersedes_id" text,
	"correction_reason" text,
	"is_current" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"local_on" text NOT NULL,
	"slot" integer,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"pain_before" integer,
	"pain_after" integer,
	"effort" integer,
	"device" text,
	"received_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"owner_user_id" text NOT NULL,
	"patient_id" text,
	"kind" text NOT NULL,
	"derived_from_id" text,
	"state" text NOT NULL,
	"failure" text,
	"storage_key" text,
	"sha256" text,
	"bytes" integer,
	"mime" text,
	"width" integer,
	"height" integer,
	"frames_per_second" double precision,
	"frames" integer,
	"duration_ms" integer,
	"consent_id" text,
	"created_at" bigint NOT NULL,
	"retain_until" bigint
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"media_id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"tus_id" text NOT NULL,
	"bytes" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_team" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"membership_id" text NOT NULL,
	"part" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint
);
--> statement-breakpoint
CREATE TABLE "caregiver_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"user_id" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"granted_at" bigint NOT NULL,
	"until_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"kind" text NOT NULL,
	"text_version" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "episodes" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"title" text NOT NULL,
	"side" text NOT NULL,
	"condition_text" text NOT NULL,
	"injury_on" text,
	"surgery_on" text,
	"precautions_text" text NOT NULL,
	"lead_membership_id" text,
	"created_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"user_id" text,
	"name" text NOT NULL,
	"birth_year" integer,
	"dominant_hand" text NOT NULL,
	"operates_with" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"phone" text,
	"emergency_contact" text,
	"hand_length_mm" integer,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prescriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"program_version_id" text NOT NULL,
	"lineage_id" text NOT NULL,
	"exercise_version_id" text NOT NULL,
	"position" integer NOT NULL,
	"side" text NOT NULL,
	"digits" jsonb NOT NULL,
	"sets" integer NOT NULL,
	"reps_min" integer NOT NULL,
	"reps_max" integer NOT NULL,
	"hold_seconds" integer NOT NULL,
	"rest_seconds" integer NOT NULL,
	"tempo" jsonb NOT NULL,
	"load" jsonb NOT NULL,
	"effort_target" integer,
	"pain_limit" integer,
	"schedule" jsonb NOT NULL,
	"phase" text,
	"from_on" text,
	"until_on" text,
	"envelope" jsonb,
	"note_patient" text,
	"override_reason" text
);
--> statement-breakpoint
CREATE TABLE "program_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"program_id" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"effective_from_on" text,
	"based_on_id" text,
	"source" text NOT NULL,
	"source_id" text,
	"reason" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"published_by" text,
	"published_at" bigint
);
--> statement-breakpoint
CREATE TABLE "programs" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "annotation_ops" (
	"surface_id" text NOT NULL,
	"revision" integer NOT NULL,
	"op_id" text NOT NULL,
	"author_id" text NOT NULL,
	"author_role" text NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"t_ms" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "annotation_ops_surface_id_revision_pk" PRIMARY KEY("surface_id","revision")
);
--> statement-breakpoint
CREATE TABLE "cues" (
	"id" text PRIMARY KEY NOT NULL,
	"visit_id" text NOT NULL,
	"started_by" text NOT NULL,
	"kind" text NOT NULL,
	"pattern" jsonb NOT NULL,
	"starts_at" bigint NOT NULL,
	"stopped_at" bigint,
	"result" jsonb,
	"lineage_id" text
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"surface_id" text NOT NULL,
	"mark_id" text NOT NULL,
	"author_id" text NOT NULL,
	"kind" text NOT NULL,
	"anchor" text NOT NULL,
	"still_id" text,
	"frame_from" integer,
	"frame_to" integer,
	"joint" text,
	"digit" text,
	"side" text,
	"motion" text,
	"activity" text,
	"view" text,
	"value_degrees" integer,
	"error_tag" text,
	"lineage_id" text,
	"committed_at" bigint NOT NULL,
	"removed" boolean NOT NULL,
	CONSTRAINT "marks_surface_id_mark_id_pk" PRIMARY KEY("surface_id","mark_id")
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"visit_id" text,
	"review_id" text,
	"body" text NOT NULL,
	"author_id" text NOT NULL,
	"updated_at" bigint NOT NULL,
	"signed_at" bigint,
	"supersedes_id" text
);
--> statement-breakpoint
CREATE TABLE "stills" (
	"id" text PRIMARY KEY NOT NULL,
	"visit_id" text NOT NULL,
	"media_id" text NOT NULL,
	"surface_id" text NOT NULL,
	"captured_at" bigint NOT NULL,
	"source" text NOT NULL,
	"side" text,
	"lineage_id" text,
	"label" text
);
--> statement-breakpoint
CREATE TABLE "surfaces" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"kind" text NOT NULL,
	"visit_id" text,
	"media_id" text,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_events" (
	"id" text PRIMARY KEY NOT NULL,
	"visit_id" text NOT NULL,
	"participant_id" text,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"source" text NOT NULL,
	"webhook_id" text
);
--> statement-breakpoint
CREATE TABLE "visit_participants" (
	"id" text PRIMARY KEY NOT NULL,
	"visit_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"waiting_at" bigint,
	"admitted_by" text,
	"admitted_at" bigint,
	"left_at" bigint,
	"location_text" text,
	"present_others" text
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" text PRIMARY KEY NOT NULL,
	"clinic_id" text NOT NULL,
	"patient_id" text NOT NULL,
	"episode_id" text NOT NULL,
	"clinician_id" text NOT NULL,
	"kind" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"duration_minutes" integer NOT NULL,
	"time_zone" text NOT NULL,
	"state" text NOT NULL,
	"room_name" text,
	"opened_at" bigint,
	"ended_at" bigint,
	"fallback_phone" text,
	"summary" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "check_in_events" ADD CONSTRAINT "check_in_events_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_media" ADD CONSTRAINT "check_in_media_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_media" ADD CONSTRAINT "check_in_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_skips" ADD CONSTRAINT "check_in_skips_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_skips" ADD CONSTRAINT "check_in_skips_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_clinician_id_users_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "error_tags" ADD CONSTRAINT "error_tags_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "error_tags" ADD CONSTRAINT "error_tags_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_demos" ADD CONSTRAINT "exercise_demos_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_demos" ADD CONSTRAINT "exercise_demos_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_texts" ADD CONSTRAINT "exercise_texts_exercise_version_id_exercise_versions_id_fk" FOREIGN KEY ("exercise_version_id") REFERENCES "public"."exercise_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_versions" ADD CONSTRAINT "exercise_versions_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercises" ADD CONSTRAINT "exercises_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_sets" ADD CONSTRAINT "log_sets_log_id_logs_id_fk" FOREIGN KEY ("log_id") REFERENCES "public"."logs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logs" ADD CONSTRAINT "logs_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logs" ADD CONSTRAINT "logs_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logs" ADD CONSTRAINT "logs_prescription_id_prescriptions_id_fk" FOREIGN KEY ("prescription_id") REFERENCES "public"."prescriptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logs" ADD CONSTRAINT "logs_entered_by_users_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_owner_user_id_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_team" ADD CONSTRAINT "care_team_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_team" ADD CONSTRAINT "care_team_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_team" ADD CONSTRAINT "care_team_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caregiver_grants" ADD CONSTRAINT "caregiver_grants_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caregiver_grants" ADD CONSTRAINT "caregiver_grants_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caregiver_grants" ADD CONSTRAINT "caregiver_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_given_by_users_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_lead_membership_id_memberships_id_fk" FOREIGN KEY ("lead_membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "prescriptions_program_version_id_program_versions_id_fk" FOREIGN KEY ("program_version_id") REFERENCES "public"."program_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "prescriptions_exercise_version_id_exercise_versions_id_fk" FOREIGN KEY ("exercise_version_id") REFERENCES "public"."exercise_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "program_versions" ADD CONSTRAINT "program_versions_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "program_versions" ADD CONSTRAINT "program_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "program_versions" ADD CONSTRAINT "program_versions_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programs" ADD CONSTRAINT "programs_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programs" ADD CONSTRAINT "programs_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programs" ADD CONSTRAINT "programs_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_ops" ADD CONSTRAINT "annotation_ops_surface_id_surfaces_id_fk" FOREIGN KEY ("surface_id") REFERENCES "public"."surfaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cues" ADD CONSTRAINT "cues_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cues" ADD CONSTRAINT "cues_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_surface_id_surfaces_id_fk" FOREIGN KEY ("surface_id") REFERENCES "public"."surfaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stills" ADD CONSTRAINT "stills_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_events" ADD CONSTRAINT "visit_events_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_participants" ADD CONSTRAINT "visit_participants_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_participants" ADD CONSTRAINT "visit_participants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_clinic_id_clinics_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_episode_id_episodes_id_fk" FOREIGN KEY ("episode_id") REFERENCES "public"."episodes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_clinician_id_users_id_fk" FOREIGN KEY ("clinician_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_events_window" ON "access_events" USING btree ("actor_id","patient_id","policy","window_starts_at");--> statement-breakpoint
CREATE INDEX "access_events_recent" ON "access_events" USING btree ("clinic_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_unsealed" ON "audit_events" USING btree ("clinic_id","id") WHERE hash is null;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_chain" ON "audit_events" USING btree ("clinic_id","n");--> statement-breakpoint
CREATE INDEX "audit_events_recent" ON "audit_events" USING btree ("clinic_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_dedupe" ON "jobs" USING btree ("dedupe_key");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("run_at","id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "notices_event" ON "notices" USING btree ("user_id","event_key");--> statement-breakpoint
CREATE INDEX "notices_user" ON "notices" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "check_in_events_check_in" ON "check_in_events" USING btree ("check_in_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "check_in_media_media" ON "check_in_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "check_ins_queue" ON "check_ins" USING btree ("clinic_id","queue_rank","due_at","id") WHERE state in ('ready', 'in_review', 'escalated');--> statement-breakpoint
CREATE INDEX "check_ins_patient" ON "check_ins" USING btree ("patient_id","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_number" ON "reviews" USING btree ("check_in_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_draft" ON "reviews" USING btree ("check_in_id") WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "invites_token" ON "invites" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invites_clinic" ON "invites" USING btree ("clinic_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_open" ON "memberships" USING btree ("clinic_id","user_id","role") WHERE to_at is null;--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "error_tags_exercise" ON "error_tags" USING btree ("exercise_id");--> statement-breakpoint
CREATE INDEX "exercise_demos_exercise" ON "exercise_demos" USING btree ("clinic_id","exercise_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exercise_versions_number" ON "exercise_versions" USING btree ("exercise_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "exercises_slug" ON "exercises" USING btree ("clinic_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "flags_source" ON "flags" USING btree ("source_kind","source_id","kind");--> statement-breakpoint
CREATE INDEX "flags_open" ON "flags" USING btree ("clinic_id","patient_id") WHERE seen_at is null;--> statement-breakpoint
CREATE INDEX "flags_patient" ON "flags" USING btree ("patient_id","raised_at");--> statement-breakpoint
CREATE UNIQUE INDEX "logs_supersedes" ON "logs" USING btree ("supersedes_id");--> statement-breakpoint
CREATE INDEX "logs_patient" ON "logs" USING btree ("patient_id","performed_at") WHERE is_current;--> statement-breakpoint
CREATE INDEX "logs_lineage" ON "logs" USING btree ("lineage_id","performed_at");--> statement-breakpoint
CREATE INDEX "logs_clinic" ON "logs" USING btree ("clinic_id","performed_at");--> statement-breakpoint
CREATE INDEX "practices_patient" ON "practices" USING btree ("patient_id","local_on");--> statement-breakpoint
CREATE UNIQUE INDEX "media_storage" ON "media" USING btree ("storage_key");--> statement-breakpoint
CREATE INDEX "media_derived" ON "media" USING btree ("derived_from_id");--> statement-breakpoint
CREATE INDEX "media_patient" ON "media" USING btree ("patient_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "uploads_tus" ON "uploads" USING btree ("tus_id");--> statement-breakpoint
CREATE UNIQUE INDEX "care_team_open" ON "care_team" USING btree ("patient_id","membership_id") WHERE to_at is null;--> statement-breakpoint
CREATE INDEX "care_team_membership" ON "care_team" USING btree ("membership_id","patient_id");--> statement-breakpoint
CREATE INDEX "caregiver_grants_user" ON "caregiver_grants" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "caregiver_grants_patient" ON "caregiver_grants" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "consents_open" ON "consents" USING btree ("patient_id","kind") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "episodes_patient" ON "episodes" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "patients_user" ON "patients" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE INDEX "patients_clinic" ON "patients" USING btree ("clinic_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "prescriptions_lineage" ON "prescriptions" USING btree ("program_version_id","lineage_id");--> statement-breakpoint
CREATE INDEX "prescriptions_by_lineage" ON "prescriptions" USING btree ("lineage_id");--> statement-breakpoint
CREATE UNIQUE INDEX "program_versions_number" ON "program_versions" USING btree ("program_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "program_versions_draft" ON "program_versions" USING btree ("program_id") WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "program_versions_current" ON "program_versions" USING btree ("program_id") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "programs_patient" ON "programs" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "annotation_ops_op" ON "annotation_ops" USING btree ("op_id");--> statement-breakpoint
CREATE INDEX "cues_visit" ON "cues" USING btree ("visit_id","starts_at");--> statement-breakpoint
CREATE INDEX "marks_lineage" ON "marks" USING btree ("lineage_id");--> statement-breakpoint
CREATE INDEX "notes_patient" ON "notes" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notes_visit_draft" ON "notes" USING btree ("visit_id","author_id") WHERE signed_at is null;--> statement-breakpoint
CREATE INDEX "stills_visit" ON "stills" USING btree ("visit_id","captured_at");--> statement-breakpoint
CREATE UNIQUE INDEX "surfaces_visit" ON "surfaces" USING btree ("visit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_events_webhook" ON "visit_events" USING btree ("webhook_id");--> statement-breakpoint
CREATE INDEX "visit_events_visit" ON "visit_events" USING btree ("visit_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_participants_user" ON "visit_participants" USING btree ("visit_id","user_id");--> statement-breakpoint
CREATE INDEX "visits_patient" ON "visits" USING btree ("patient_id","starts_at");--> statement-breakpoint
CREATE INDEX "visits_clinic" ON "visits" USING btree ("clinic_id","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "visits_room" ON "visits" USING btree ("room_name");