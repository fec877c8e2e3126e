/** Reads the references of a mutation of several runs or experiments. */
import { AppError } from "@pareidolia/core/appError";
import type { Refusal } from "@pareidolia/persistence/lab/locks/setLocks";
import { resolveExperiments, resolveRuns, type SubjectReference } from "@pareidolia/persistence/lab/trash/resolveSubjects";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import { parseReference, parseReferenceTo } from "../globalId/globalId.ts";
import { type RefusedItemType, refusedItem } from "./refusedItem.type.ts";

/** Objects that one mutation may change. */
const maxSubjects = 500;

export type SubjectNoun = "Run" | "Experiment";

/** Ids in the order of the references, without repetitions, and how each was given. */
export class Subjects {
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
  readonly #given: ReadonlyMap<string, string>;
  readonly #unknown: readonly RefusedItemType[];

  constructor(options: {
    runIds: readonly string[];
    experimentIds: readonly string[];
    given: ReadonlyMap<string, string>;
    unknown: readonly RefusedItemType[];
  }) {
    this.runIds = options.runIds;
    this.experimentIds = options.experimentIds;
    this.#given = options.given;
    this.#unknown = options.unknown;
  }

  /** Unknown references, and what persistence refused. */
  refused(refusals: readonly Refusal[]): RefusedItemType[] {
    return [...this.#unknown, ...refusals.map(({ id, error }) => refusedItem(this.#given.get(id) ?? id, error))];
  }
}

const missing = (noun: SubjectNoun): AppError => new AppError("NOT_FOUND", `There is no such ${noun.toLowerCase()}.`);

interface Given {
  readonly text: string;
  readonly noun: SubjectNoun;
  readonly reference: SubjectReference;
}

function parseGiven(text: string, field: string, noun: SubjectNoun | undefined): Given {
  const reference = noun === undefined ? parseReference(text, field) : parseReferenceTo(noun, text, field);
  if (reference.type !== "Run" && reference.type !== "Experiment")
    throw new AppError("INVALID_INPUT", `This ID has type ${reference.type}. Give the ID of a run or an experiment.`, { field });
  return { text, noun: reference.type, reference };
}

/**
 * Of the workspace, in the trash or not. Without `noun`, runs and experiments.
 * @throws AppError INVALID_INPUT, naming `field`, for none, for more than 500, and for other ids.
 */
export async function readSubjects(
  database: Database,
  { scope, texts, field, noun }: { scope: Scope; texts: readonly string[]; field: string; noun?: SubjectNoun },
): Promise<Subjects> {
  if (texts.length === 0) throw new AppError("INVALID_INPUT", "Give at least one ID.", { field });
  if (texts.length > maxSubjects) throw new AppError("INVALID_INPUT", `Give at most ${maxSubjects} IDs.`, { field });
  const parsed = texts.map((text, i) => parseGiven(text, `${field}.${i}`, noun));
  const given = new Map<string, string>();
  const unknown: RefusedItemType[] = [];
  const idsOf = async (wanted: SubjectNoun, resolve: typeof resolveRuns): Promise<readonly string[]> => {
    const own = parsed.filter((item) => item.noun === wanted);
    if (own.length === 0) return [];
    const found = await resolve(database.connection, { scope, references: own.map(({ reference }) => reference) });
    found.forEach((subject, i) => {
      const text = own[i]?.text ?? "";
      if (subject === null) unknown.push(refusedItem(text, missing(wanted)));
      else if (!given.has(subject.id)) given.set(subject.id, text);
    });
    return [...new Set(found.flatMap((subject) => (subject === null ? [] : [subject.id])))];
  };
  const runIds = await idsOf("Run", resolveRuns);
  const experimentIds = await idsOf("Experiment", resolveExperiments);
  return new Subjects({ runIds, experimentIds, given, unknown });
}
