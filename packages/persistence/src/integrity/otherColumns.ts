/** Columns of tables without results: accounts, messages, files, texts of members, and work in progress. */
import type { ColumnsOfTables } from "./tableColumns.ts";

const account = "It is of an account or a membership, and of no result.";
const mail = "It is of a message, and of no result.";
const log = "The audit log has a hash chain of its own, which `npm run audit -- verify` checks.";
const work = "It is of requests and of work in progress, and of no result.";
const members = "Members write it.";
const files = "It is of a file, whose parts the check of objects reads and hashes.";
const list = "It only helps to find and count rows.";

export const otherColumns: ColumnsOfTables = {
  users: { unchecked: { [account]: "id name email email_verified two_factor_enabled image created_at updated_at" } },
  workspaces: {
    unchecked: {
      [account]:
        "id name slug logo metadata created_at last_experiment_number last_run_number last_study_number last_sweep_number last_view_number last_export_number last_comparison_number last_bulk_query_number run_limit run_share member_keys deleted_at storage_quota",
    },
  },
  memberships: { unchecked: { [account]: "id workspace_id user_id role suspended_at created_at" } },
  sessions: { unchecked: { [account]: "id user_id token expires_at ip_address user_agent active_workspace_id created_at updated_at" } },
  accounts: {
    unchecked: {
      [account]:
        "id user_id provider_id account_id password access_token refresh_token id_token access_token_expires_at refresh_token_expires_at scope created_at updated_at",
    },
  },
  two_factors: { unchecked: { [account]: "id user_id secret backup_codes verified failed_verification_count locked_until" } },
  email_verifications: { unchecked: { [account]: "user_id token_hash email expires_at" } },
  verifications: { unchecked: { [account]: "id identifier value expires_at created_at updated_at" } },
  owner_links: { unchecked: { [account]: "workspace_id token_hash expires_at" } },
  device_logins: {
    unchecked: {
      [account]:
        "device_code_hash user_code_hash client_name client_address scopes key_days created_at expires_at polled_at user_id workspace_id decision",
    },
  },
  api_keys: {
    unchecked: { [account]: "id workspace_id user_id name prefix secret_hash scopes created_at expires_at last_used_at revoked_at" },
  },
  invitations: { unchecked: { [account]: "id workspace_id created_by_id email role token_hash mailed_token_hash created_at expires_at" } },
  emails: {
    unchecked: {
      [mail]: "id workspace_id to subject text sealed_text created_at sent_at attempts next_attempt_at failure unsubscribe_url",
    },
  },
  audit_entries: {
    unchecked: { [log]: "workspace_id sequence at user_id key_id client_address action subject_type subject_id text previous_hash hash" },
  },
  rate_limits: { unchecked: { [work]: "key attempts window_started_at" } },
  presences: { unchecked: { [account]: "id workspace_id user_id subject_id entered_at seen_at" } },
  workspace_changes: { unchecked: { [work]: "workspace_id transaction_id changed created_at" } },
  workspace_changes_floor: { unchecked: { [work]: "id transaction_id number_offset origin" } },
  cost_buckets: { unchecked: { [work]: "key level accepted updated_at" } },
  first_answers: { unchecked: { [work]: "id input_hash claim answer expires_at" } },
  uploads: {
    unchecked: {
      [files]:
        "id workspace_id created_by_id kind file_name byte_length received_bytes sha256 created_at form_expires_at claimed_at deleted_at",
    },
  },
  upload_parts: { unchecked: { [files]: "upload_id index sha256 file_id" } },
  photos: { unchecked: { [members]: "id workspace_id created_by_id image_sha256 name label licence source idempotency_key created_at" } },
  experiments: {
    unchecked: {
      [members]:
        "id workspace_id created_by_id number name description idempotency_key archived_at notes assignee_id trashed_at trashed_by_id discarded_at locked_at locked_by_id visibility share_token published_at created_at updated_at",
    },
  },
  run_clocks: { unchecked: { [work]: "workspace_id clock" } },
  retention_rules: {
    unchecked: {
      [members]:
        "id workspace_id created_by_id idempotency_key action days states kinds archived without_tag keep_pinned enabled created_at updated_at applied_at failure acted_at acted_items acted_rows acted_bytes",
    },
  },
  views: {
    unchecked: {
      [members]:
        "id workspace_id created_by_id number list name search columns group_by sort shared idempotency_key created_at updated_at deleted_at",
    },
  },
  default_views: { unchecked: { [members]: "workspace_id user_id list view_id" } },
  tags: { unchecked: { [members]: "id workspace_id name created_at" } },
  run_tags: { unchecked: { [members]: "run_id tag_id" } },
  experiment_tags: { unchecked: { [members]: "experiment_id tag_id" } },
  pins: { unchecked: { [members]: "id workspace_id user_id run_id experiment_id created_at" } },
  notification_choices: { unchecked: { [mail]: "workspace_id user_id kind product email webhook" } },
  notifications: {
    unchecked: {
      [mail]: "id workspace_id user_id kind event run_id experiment_id sweep_id study_id by_id detail shown mail_due_at created_at read_at",
    },
  },
  webhooks: {
    unchecked: {
      [mail]:
        "id workspace_id owner_id name url kinds query query_by_id secret previous_secret previous_until paused_at disabled_at failing_since created_at",
    },
  },
  webhook_deliveries: {
    unchecked: {
      [mail]:
        "id webhook_id event kind facts answer body created_at next_attempt_at attempts delivered_at status duration_ms excerpt failure",
    },
  },
  comments: {
    unchecked: {
      [members]:
        "id workspace_id author_id run_id experiment_id idempotency_key body source_author created_at edited_at deleted_at deleted_by_id",
    },
  },
  workspace_images: { unchecked: { [list]: "sha256 owner created_at" } },
  workspace_image_totals: { unchecked: { [list]: "owner slot images" } },
  workers: { unchecked: { [work]: "id host process_id engine started_at heartbeat_at stopped_at" } },
  store_markers: { unchecked: { [work]: "id marker place created_at" } },
  clean_ups: {
    unchecked: { [work]: "kind title grace_seconds cleaned_at failure removed_count removed_bytes removed_at waiting_count waiting_bytes" },
  },
  imports: {
    unchecked: {
      [files]:
        "id workspace_id created_by_id idempotency_key file_name sha256 byte_length state columns preview thumbnails report experiment_name experiment_id model_id done total failure attempts claim_token heartbeat_at created_at ended_at",
    },
  },
  exports: {
    check: "byte_length",
    unchecked: {
      [files]:
        "id workspace_id created_by_id number idempotency_key subject run_id experiment_id subject_key parts formats state done total failure attempts claim_token heartbeat_at sha256 content row_count file_count table_rows created_at started_at ended_at expires_at",
    },
  },
  export_parts: { unchecked: { [files]: "export_id index sha256 byte_length" } },
  bulk_queries: {
    check: "byte_length",
    unchecked: {
      [files]:
        "id workspace_id created_by_id key_id key_scopes number idempotency_key name query variables format columns state rows cursor answered_at failure attempts claim_token heartbeat_at waits_until download_key sha256 created_at started_at ended_at expires_at",
    },
  },
  bulk_query_chunks: { unchecked: { [files]: "bulk_query_id index sha256 byte_length" } },
  bulk_query_parts: { unchecked: { [files]: "bulk_query_id index sha256 byte_length" } },
};
