/** Replaces the IDs and keys of a draft from a client by those that drafts store: of runs, models and photos. */
import { AppError } from "@pareidolia/core/appError";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { type NodeType, parseReference } from "../globalId/globalId.ts";

interface References {
  /** IDs of the runs with these numbers, in their order; null for an unknown one. */
  findRunIds(numbers: readonly number[]): Promise<readonly (string | null)[]>;
}

/** The stored ID of a global one, the number of a key, or the text itself if it is neither. */
function readReference(type: NodeType, text: string, field: string): string | number {
  try {
    const reference = parseReference(text, field);
    if (reference.type !== type) return text;
    return "number" in reference ? reference.number : reference.id;
  } catch (cause) {
    if (cause instanceof AppError) return text;
    throw cause;
  }
}

/** @throws AppError INVALID_INPUT for the key of an unknown run. */
export async function readDraftReferences(draft: StudyDraft, { findRunIds }: References): Promise<StudyDraft> {
  const idsOf = (type: NodeType, texts: readonly string[]): string[] => texts.map((text) => String(readReference(type, text, "draft")));
  const field = "draft.selection.runs";
  const runs = draft.selection.runs.map((text) => readReference("Run", text, field));
  const numbers = runs.filter((run) => typeof run === "number");
  const found = new Map<string | number, string | null>();
  for (const [index, id] of (await findRunIds(numbers)).entries()) found.set(numbers[index] as number, id);
  const runIds = runs.map((run) => {
    const id = typeof run === "number" ? found.get(run) : run;
    if (id == null) throw new AppError("INVALID_INPUT", `There is no RUN-${run}.`, { field });
    return id;
  });
  const models = idsOf("Model", draft.selection.models);
  const photosOf = (name: "gold" | "exemplars") =>
    draft[name].map(({ photo, label }) => ({ photo: String(readReference("Photo", photo, `draft.${name}`)), label }));
  const selection = { ...draft.selection, runs: [...new Set(runIds)], models };
  return { ...draft, selection, gold: photosOf("gold"), exemplars: photosOf("exemplars") };
}
