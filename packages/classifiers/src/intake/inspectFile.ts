/**
 * Inspects a model file: reads it, compares it with the declaration, and runs it on test images, forward and backward. The file is
 * untrusted, so this must run in a process that can be killed.
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
  /** Weight files by path relative to the model's folder. */
  readonly sidecars: ReadonlyMap<string, Uint8Array>;
  readonly declared: DeclaredModel;
}

/** @throws Refusal, or AppError from the importers. */
export async function inspectFile({ file, sidecars, declared }: InspectedFile): Promise<Omit<AcceptedModel, "usage">> {
  checkContent(file);
  checkDeclared(declared, sidecars);
  const files = readModelFiles(file, sidecars);
  if (files.model !== file) checkContent(files.model);
  const preparation = new Preparation();
  const graph = preparation.step(() => readGraph(files, declared));
  const model = preparation.step(() =>
    prepareModel({ graph, ...declared, preprocessing: importedPreprocessing(files, declared.preprocessing) }),
  );
  const cost = estimateCost(model.graph);
  const isDistribution = new ScoreReader(graph).find(graph.outputs[0]?.name ?? "") !== null;
  const trial = await tryOut({ model, activationBytes: cost.activationBytes, treatedAsLogits: !isDistribution });
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

/** An ONNX graph is checked before normalisation; other formats are converted first. */
function readGraph({ format, model, sidecars }: ModelFiles, { preprocessing }: DeclaredModel): Graph {
  if (format === "onnx") return importOnnx(model, { sidecars, preprocessing, check: checkGraph });
  const graph = importModel(model, sidecars);
  checkGraph(graph);
  return graph;
}

function countOperators(graph: Graph): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { operator } of graph.nodes) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
