/**
 * The inspection itself: reads a file, holds it to what is declared, and runs it on pictures of nothing, forwards and backwards. To be
 * called in a process that may be killed, since it works on what somebody unknown has sent.
 */

import type { Graph } from "@pareidolia/onnx/graph";
import { ScoreReader } from "@pareidolia/onnx/scoreReader";
import { prepareModel } from "../engines/prepareModel.ts";
import { sha256 } from "../files/sha256.ts";
import { importedPreprocessing } from "../importers/importedPreprocessing.ts";
import { importModel } from "../importers/importModel.ts";
import { type ModelFiles, readModelFiles } from "../importers/modelFiles.ts";
import { importOnnx } from "../importers/onnx/importOnnx.ts";
import { checkContent } from "./checkContent.ts";
import { checkDeclared } from "./checkDeclared.ts";
import { checkGraph } from "./checkGraph.ts";
import { estimateCost } from "./estimateCost.ts";
import type { AcceptedModel, DeclaredModel } from "./modelReport.ts";
import { Preparation } from "./preparation.ts";
import { tryGradient } from "./tryGradient.ts";
import { tryOut } from "./tryOut.ts";

export interface InspectedFile {
  readonly file: Uint8Array;
  /** Its weight files by path below its folder. */
  readonly beside: ReadonlyMap<string, Uint8Array>;
  readonly declared: DeclaredModel;
}

/** @throws Refusal, or an AppError of the importers. */
export async function inspectFile({ file, beside, declared }: InspectedFile): Promise<Omit<AcceptedModel, "usage">> {
  checkContent(file);
  checkDeclared(declared, beside);
  const files = readModelFiles(file, beside);
  if (files.model !== file) checkContent(files.model);
  const preparation = new Preparation();
  const graph = preparation.step(() => readGraph(files, declared));
  const model = preparation.step(() =>
    prepareModel({ graph, ...declared, preprocessing: importedPreprocessing(files, declared.preprocessing) }),
  );
  const cost = estimateCost(model.graph);
  const isDistribution = new ScoreReader(graph).find(graph.outputs[0]?.name ?? "") !== null;
  const trial = await tryOut({ model, activationBytes: cost.activationBytes, takenAsLogits: !isDistribution });
  await tryGradient(model, preparation);
  return {
    kind: "accepted",
    format: files.format,
    sha256: sha256(file),
    bytes: file.length,
    input: model.input,
    classes: model.labels.length,
    nodes: graph.nodes.length,
    operators: countOperators(graph),
    parameters: graph.initializers.reduce((sum, { type, data }) => sum + (type === "float32" ? data.length : 0), 0),
    multiplications: cost.multiplications,
    trial,
  };
}

/** An ONNX file holds a graph already, which is checked before anything works with it; other formats become one first. */
function readGraph({ format, model, beside }: ModelFiles, { preprocessing }: DeclaredModel): Graph {
  if (format === "onnx") return importOnnx(model, { beside, preprocessing, check: checkGraph });
  const graph = importModel(model, beside);
  checkGraph(graph);
  return graph;
}

function countOperators(graph: Graph): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { operator } of graph.nodes) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
