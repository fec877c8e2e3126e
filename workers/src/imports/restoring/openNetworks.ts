/**
 * Finds the networks of a bundle on this server. An uploaded or retrained network that came with the bundle is inspected and opened like an
 * upload, before any of its scores counts.
 */
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import { AppError } from "@pareidolia/core/appError";
import { checkPreprocessing, type Framing, type Preprocessing } from "@pareidolia/core/preprocessing";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";
import {
  type ExportedModel,
  findExportedModel,
  newModelId,
  requireOwnLabelSpace,
} from "@pareidolia/persistence/files/restoring/restoreModels";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import type { ModelToOpen, OpenClassifier } from "../../classifierShelf.ts";
import { measureClassifier } from "../../models/measureClassifier.ts";

export interface BundleNetwork {
  /** Of the row here; null for the stand-in of unknown networks. */
  readonly id: string | null;
  readonly model: ExportedModel;
  /** Findings of the inspection of a network that has to be registered; null for one that is here. */
  readonly newReport: object | null;
}

export interface OpenNetworksOptions {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly openClassifier: OpenClassifier;
  readonly signal: AbortSignal;
}

export function toExportedModel(row: RowOf<"models">): ExportedModel {
  const { model: _, byte_length: byteLength, label_space: labelSpace, test_error: testError, preprocessing, ...rest } = row;
  return { ...rest, byteLength, labelSpace, testError, preprocessing: preprocessing as unknown as Preprocessing | null };
}

export function networkToOpen({ id, model }: BundleNetwork, framing: Framing): ModelToOpen {
  const { slug, sha256, origin, labels, preprocessing } = model;
  return { id: id ?? "", slug, sha256, origin, labels, preprocessing, framing };
}

/** @throws AppError CORRUPT_DATA or INVALID_INPUT naming the first network that cannot be used here. */
export async function openNetwork(row: RowOf<"models">, options: OpenNetworksOptions): Promise<BundleNetwork> {
  const model = toExportedModel(row);
  if (model.origin === "import") return { id: null, model, newReport: null };
  const found = await findExportedModel(options.connection, options.scope, model);
  if (found !== null) return { id: found.id, model: { ...model, preprocessing: found.preprocessing }, newReport: null };
  return inspectNetwork(model, options);
}

async function inspectNetwork(model: ExportedModel, options: OpenNetworksOptions): Promise<BundleNetwork> {
  const { connection, scope, objectStore, openClassifier, signal } = options;
  const { slug, preprocessing, labels } = model;
  if (preprocessing === null) throw notRestorable(`the pre-processing of the network ${slug} is missing`);
  const declared = { labels, preprocessing: checkPreprocessing(preprocessing) };
  const isOfInput = (["width", "height", "channels"] as const).every((side) => preprocessing[side] === model[side]);
  if (!isOfInput) throw notRestorable(`the input of the network ${slug} does not match its pre-processing`);
  await requireOwnLabelSpace(connection, scope.workspaceId, model);
  const bytes = await objectStore.get(fileKey(model.sha256));
  if (bytes.length !== model.byteLength) throw notRestorable(`the file of the network ${slug} has another size than its row says`);
  const report = await inspectModel({ model: { bytes }, declared, signal });
  if (report.kind === "refused") throw new AppError("INVALID_INPUT", `The network ${slug} of this export is refused: ${report.reason}`);
  const { format, input, classes, nodes, operators, parameters, multiplications, usage } = report;
  const network = { id: newModelId(), model: { ...model, preprocessing: declared.preprocessing } };
  const classifier = await openClassifier(networkToOpen({ ...network, newReport: null }, { kind: "whole" }));
  const { hasProbabilities, ...speed } = await measureClassifier(classifier, signal);
  if (!hasProbabilities) throw notRestorable(`the outputs of the network ${slug} are not probabilities`);
  const findings = { format, input, classes, nodes, operators, parameters, multiplications, inspection: usage };
  return { ...network, newReport: { ...findings, engines: [speed], checkedAt: new Date().toISOString() } };
}
