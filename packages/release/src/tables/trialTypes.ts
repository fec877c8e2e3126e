/** The types of the columns of trials. */
import type { ColumnType, TypedColumn } from "@pareidolia/archive/tables/columns";
import { AppError } from "@pareidolia/core/appError";
import { trialColumns } from "@pareidolia/perception/study/trialTable";

type Declared = ColumnType | `${ColumnType}?`;

const trialTypes: Readonly<Record<string, Declared>> = {
  study: "text",
  plan_hash: "text",
  voter: "text",
  insider: "boolean",
  finished: "boolean",
  trial: "integer",
  phase: "integer",
  role: "text",
  item: "integer",
  image: "text",
  source: "text?",
  machine_class: "integer?",
  machine_label: "text?",
  machine_confidence: "number?",
  options: "list",
  foils: "list",
  target_position: "integer?",
  answer_position: "integer?",
  answer_class: "integer?",
  answer_name: "text?",
  answer_text: "text?",
  answer_ratings: "list?",
  cant_tell: "boolean",
  skipped: "boolean",
  agrees: "boolean?",
  response_ms: "number?",
  requested_ms: "number?",
  shown_ms: "number?",
  mask_ms: "number?",
  frames: "integer?",
  dropped_frames: "integer?",
  refresh_hz: "number?",
  voted_at: "text",
  excluded: "boolean",
  excluded_by: "list",
  still: "boolean",
  presentations: "integer?",
  timed_out: "boolean",
  counts: "boolean",
  mistimed: "boolean",
};

/** The columns of trials with their types, in order. */
export const typedTrialColumns: readonly TypedColumn[] = trialColumns.map(({ name, description }) => {
  const declared = trialTypes[name];
  if (declared === undefined) throw new AppError("INTERNAL", `The column ${name} of trials has no type.`);
  return { name, description, type: declared.replace("?", "") as ColumnType, nullable: declared.endsWith("?") };
});
