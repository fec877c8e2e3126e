/**
 * Computes the figures of runs again from the rows under them, in the order of a bundle: of an export that is imported, or of rows that were
 * just read from the database. Neither a network nor an image is needed.
 */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { getRunKind, type RunKind } from "@pareidolia/core/runKinds/registry";
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { checkAscent } from "./ascentFigures.ts";
import { checkAttacks } from "./attackFigures.ts";
import { checkChain } from "./chainFigures.ts";
import { checkEvolution } from "./evolutionFigures.ts";
import type { FiguresToCheck, RunTable, RunToCheck } from "./figuresToCheck.ts";
import { compareFigures, type Report } from "./finding.ts";

/** Each returns whether the results of the whole plan are stored; null if only the source knows. */
const checks: { readonly [Kind in RunKind]: (run: RunToCheck<Kind>) => Promise<boolean | null> } = {
  evolution: checkEvolution,
  ascent: checkAscent,
  perturbation: checkAttacks,
  retraining: checkChain,
  // The figures of another program are its own.
  imported: async () => null,
};

/** Reads each table once for all runs, which all tables have in the same order. */
class RowsByRun {
  readonly #bundle: BundleRows;
  readonly #open = new Map<TableName, AsyncIterator<{ readonly run: number }>>();
  readonly #next = new Map<TableName, IteratorResult<{ readonly run: number }>>();

  constructor(bundle: BundleRows) {
    this.#bundle = bundle;
  }

  async *of<Name extends RunTable>(table: Name, run: number): AsyncGenerator<RowOf<Name>, void, undefined> {
    const rows = this.#open.get(table) ?? this.#bundle.rows(table)[Symbol.asyncIterator]();
    this.#open.set(table, rows);
    for (let next = this.#next.get(table) ?? (await rows.next()); ; next = await rows.next()) {
      this.#next.set(table, next);
      if (next.done === true || next.value.run > run) return;
      if (next.value.run === run) yield next.value as RowOf<Name>;
    }
  }
}

export async function checkFigures({ bundle, keyOf, report }: FiguresToCheck): Promise<void> {
  const models: RowOf<"models">[] = [];
  for await (const row of bundle.rows("models")) models.push(row);
  const rows = new RowsByRun(bundle);
  for await (const row of bundle.rows("runs")) {
    const kind = row.kind as RunKind;
    const planned = getRunKind(kind).parse({ document: row.plan, sourceSha256: row.source_image });
    const isComplete = await checkRun({
      ...planned,
      row,
      name: keyOf(row.run),
      parameters: row.parameters as Parameters,
      niches: models[row.model]?.labels.length ?? 0,
      models,
      rows: (table) => rows.of(table, row.run),
      report,
    } as RunToCheck<RunKind>);
    if (row.state === "SUCCEEDED" && isComplete !== null && isComplete !== (row.stopped_by === null))
      report({ column: "runs.stopped_by", place: keyOf(row.run), stored: row.stopped_by, computed: isComplete ? null : "a rule" });
  }
  await checkScores(bundle, models, report);
}

function checkRun<Kind extends RunKind>(run: RunToCheck<Kind> & { readonly kind: Kind }): Promise<boolean | null> {
  return checks[run.kind](run);
}

/** The class with the highest probability of each score. */
async function checkScores(bundle: BundleRows, models: readonly RowOf<"models">[], report: Report): Promise<void> {
  for await (const { image, model, top_class: topClass, top_confidence: topConfidence, probabilities } of bundle.rows("scores")) {
    const bytes = Buffer.from(probabilities, "base64");
    let [highest, place] = [0, -1];
    for (let at = 0; 4 * at + 4 <= bytes.length; at++) {
      const probability = bytes.readFloatLE(4 * at);
      if (place < 0 || probability > highest) [highest, place] = [probability, at];
    }
    compareFigures(report, `the score of the image ${image.slice(0, 12)} by ${models[model]?.slug ?? "a network"}`, {
      "scores.top_class": [topClass, place],
      "scores.top_confidence": [topConfidence, highest],
    });
  }
}
