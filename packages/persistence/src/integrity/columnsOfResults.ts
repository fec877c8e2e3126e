/** Columns of runs, their results, and sweeps. */
import type { ColumnsOfTables } from "./tableColumns.ts";

const names = "It only names the row.";
const written = "The time at which the row was written, or what wrote it. Nothing else says so.";
const members = "Members write it.";
const work = "It is of work in progress, and of no result.";
const list = "It only helps to find and count rows.";

export const columnsOfResults: ColumnsOfTables = {
  runs: {
    chain: "kind parameters plan framing source_sha256 seed model_id forked_from_generation",
    verify:
      "generation evaluations archive_hash median mean best fooling_count stopped_by created_at started_at ended_at compute_seconds state failure",
    check: "sweep_point sweep_replicate",
    refused: "method planned_results found_text workspace_id",
    unchecked: {
      [names]: "id number idempotency_key created_by_id import_id",
      [members]:
        "name experiment_id preset archived_at notes assignee_id trashed_at trashed_by_id trashed_with_experiment discarded_at locked_at locked_by_id priority",
      [written]: "manifest origin rerun_of_run_id forked_from_run_id sweep_id trimmed_at updated_at",
      "The speed between its last two checkpoints, shown while it is computed.": "speed",
      [work]:
        "control evaluations_under_way worker_id lease_token lease_expires_at claimed_at attempts outage outage_since outage_retry_at event_seq admitted_at rung rung_reached_at counted_at",
    },
  },
  run_totals: {
    verify: "genomes elites current_elites trajectories perturbations successes",
    refused: "run_id",
  },
  generations: {
    chain: "generation chain_hash",
    verify: "median mean minimum maximum search_median search_mean search_minimum search_maximum jumps filled evaluations",
    refused: "run_id",
  },
  run_step_hashes: { chain: "step hash", refused: "run_id" },
  genomes: {
    chain: "generation index sha256 first_parent_id second_parent_id copied_parents",
    verify: "bytes image_sha256 run_id",
    refused: "byte_length workspace_id",
    unchecked: { [names]: "id", [written]: "created_at" },
  },
  elites: {
    chain: "genome_id niche generation fitness",
    verify: "replaced_at stored_fitness created_at",
    refused: "run_id workspace_id experiment_id model_id method",
    unchecked: { [names]: "id" },
  },
  images: {
    verify: "width height channels byte_length",
    check: "sha256",
    unchecked: { [written]: "created_at" },
  },
  scores: {
    verify: "image_sha256 model_id probabilities top_class top_confidence",
    unchecked: { [names]: "id", [written]: "created_at", [list]: "owner" },
  },
  shared_scores: { check: "top_confidence", unchecked: { [list]: "score_id owner" } },
  trajectories: {
    chain: "configuration class start step ended confidence image_sha256",
    verify: "stored_confidence curve_steps curve_confidences curve_stored_confidences curve_norms",
    refused: "run_id workspace_id experiment_id model_id method",
    unchecked: { [names]: "id", [written]: "created_at" },
  },
  trajectory_milestones: {
    verify: "level step confidence stored_confidence image_sha256",
    refused: "trajectory_id",
  },
  replaced_pictures: { unchecked: { [work]: "trajectory_id image_sha256 replaced_at" } },
  perturbations: {
    chain: "index success steps stored_class confidence image_sha256",
    verify: "bound linf l2 l0 original_sha256 original_class original_confidence stored_confidence stored_target_confidence",
    refused: "run_id workspace_id experiment_id model_id method",
    unchecked: { [names]: "id", [written]: "created_at" },
  },
  chains: {
    verify: "dataset iterations",
    refused: "run_id workspace_id",
    unchecked: { [names]: "id", [members]: "name", [written]: "created_at" },
  },
  chain_links: {
    chain: "iteration state model_id",
    verify: "test_error median_confidence fooling_share fooling_images metrics",
    refused: "chain_id run_id",
    unchecked: { [names]: "id", [written]: "started_at ended_at" },
  },
  chain_elites: { verify: "niche confidence stored_confidence image_sha256", refused: "link_id" },
  run_metrics: { check: "name value", refused: "run_id workspace_id" },
  imported_images: {
    check: "seals",
    seal: "niche label claimed generation source_id source_parent_id",
    refused: "run_id image_sha256",
    unchecked: { [names]: "index" },
  },
  run_events: {
    check: "kind payload created_at",
    unchecked: { [names]: "run_id seq" },
  },
  run_checkpoints: { refused: "run_id", unchecked: { [work]: "bytes updated_at" } },
  sweeps: {
    check: "plan point_count run_count",
    refused: "workspace_id experiment_id",
    unchecked: {
      [names]: "id number idempotency_key created_by_id",
      [members]: "name priority concurrency max_evaluations max_seconds state reason",
      [written]: "created_at ended_at updated_at",
    },
  },
  rung_results: { check: "rung median", refused: "run_id", unchecked: { [written]: "reached_at" } },
  rung_decisions: { check: "point nines runs rank kept", refused: "sweep_id", unchecked: { [names]: "rung", [written]: "decided_at" } },
  models: {
    chain: "sha256",
    check: "test_error seals",
    seal: "origin description licence source url width height channels labels label_space preprocessing created_at",
    unchecked: {
      [names]: "id workspace_id created_by_id slug name idempotency_key",
      "An inspection of its file measures it, and writes it again with each inspection.": "byte_length state refusal report",
    },
  },
  analyses: {
    verify: "input result",
    unchecked: {
      [names]: "id workspace_id created_by_id kind run_id model_id input_hash",
      [work]: "state done total failure attempts claim_token heartbeat_at",
      [written]: "engine created_at started_at ended_at",
    },
  },
  saved_comparisons: {
    check: "seals",
    // What pages showed when a member saved it; the runs may have changed since.
    seal: "entries generation baseline snapshot created_at",
    unchecked: {
      [names]: "id workspace_id created_by_id number idempotency_key",
      [members]: "title notes deleted_at",
      [written]: "updated_at",
    },
  },
  saved_comparison_images: { unchecked: { [list]: "saved_comparison_id image_sha256" } },
};
