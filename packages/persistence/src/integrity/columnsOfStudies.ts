/** Columns of studies, votes, norming rooms, codes of texts and releases. */
import type { ColumnsOfTables } from "./tableColumns.ts";

const names = "It only names the row.";
const written = "The time at which the row was written, or what wrote it. Nothing else says so.";
const members = "Members write it.";
const work = "It is of work in progress, and of no result.";
const voter = "It is of a voter's session, and of no result.";

export const columnsOfStudies: ColumnsOfTables = {
  studies: {
    check: "seed plan_text plan_hash last_voter_number vote_count",
    refused: "workspace_id",
    unchecked: {
      [names]: "id number created_by_id link_token image_secret forked_from_id idempotency_key",
      [members]: "title state access draft revision",
      [written]: "last_vote_at opened_at closed_at created_at updated_at",
      [work]: "tally_sequence",
    },
  },
  study_images: {
    check:
      "image_sha256 label truth runners_up foils condition group confidence votes agreeing recognition_votes recognition_agreeing " +
      "recognition_alternatives agreeing_voters other_voters label_space seals",
    seal: "source",
    refused: "study_id",
    unchecked: {
      [names]: "role index model_id elite_id photo_id",
      [work]: "tally_sequence",
    },
  },
  recognition: {
    check: "studies votes agreeing corrected_votes recognised guess_odds",
    unchecked: { [names]: "workspace_id image_sha256 label_space label" },
  },
  study_voters: {
    check: "number items trial_count finished_at undone insider still",
    refused: "study_id",
    unchecked: {
      [names]: "id user_id session_hash withdrawal_hash client_hash image_key idempotency_key",
      [voter]: "anonymous consent_version language lease_expires_at trial_leases confirmed_at screen",
      [written]: "joined_at withdrawn_at",
    },
  },
  votes: {
    check: "trial role item repeated answer agrees response_ms seals",
    seal: "timing voted_at",
    // Of an answered vote. Of a skipped one, the results differ.
    refused: "voter_id study_id timed_out",
    unchecked: {
      [names]: "submission_id",
      [written]: "received_at",
    },
  },
  vote_revisions: {
    check: "seals",
    seal: "answer response_ms timing voted_at",
    refused: "voter_id",
    unchecked: { [names]: "trial revision submission_id", [written]: "undone_at" },
  },
  rescored_studies: { unchecked: { [work]: "id study_id" } },
  study_results: { check: "result", unchecked: { [names]: "study_id kind", [work]: "vote_count", [written]: "computed_at" } },
  study_assignments: { unchecked: { [members]: "study_id user_id role image_index assigned_by_id created_at" } },
  norming_rooms: { unchecked: { [names]: "id study_id created_by_id number sequence image_key idempotency_key created_at" } },
  norming_room_members: { unchecked: { [members]: "room_id number user_id removed_at" } },
  norming_room_images: { unchecked: { [members]: "room_id place study_id role image_index state sequence" } },
  norming_votes: { check: "seals", seal: "label voted_at", unchecked: { [names]: "room_id place member round" } },
  norming_comments: { check: "seals", seal: "text created_at", unchecked: { [names]: "room_id place number member" } },
  norming_decisions: { check: "seals", seal: "outcome label reason decided_at", unchecked: { [names]: "room_id place decided_by_id" } },
  text_coders: { unchecked: { [members]: "study_id number user_id" } },
  coded_texts: { check: "seals", seal: "text", unchecked: { [names]: "study_id number", [written]: "revealed_at" } },
  text_codes: { check: "seals", seal: "kind label coded_at", unchecked: { [names]: "study_id number coder" } },
  text_decisions: { check: "seals", seal: "kind label reason decided_at", unchecked: { [names]: "study_id number decided_by_id" } },
  releases: {
    refused:
      "study_id number version description sha256 byte_length counts study_state last_voter_number withdrawn_voters created_by_id created_at started_at ended_at state failure id idempotency_key done total attempts claim_token heartbeat_at",
  },
  release_parts: { refused: "release_id index sha256 byte_length" },
};
