/** Writes the rows of the zoo's models. */
import { createHash } from "node:crypto";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { labelSpaceOf } from "./labelSpace.ts";

/** A network of the zoo, as its manifest describes it. */
export interface SeedModel {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly labels: readonly string[];
  readonly testError?: number | null | undefined;
  readonly preprocessing?: Preprocessing | null | undefined;
  /** Default: derived from the labels. */
  readonly labelSpace?: string | undefined;
  readonly file?: { readonly kind: string; readonly url?: string; readonly bytes?: number } | undefined;
}

/** Follows from the slug and the file, so new weights under the same slug are another model, and old runs keep theirs. */
function zooModelId(model: SeedModel): string {
  return `model_${createHash("sha256").update(`${model.id}:${model.sha256}`).digest("hex").slice(0, 24)}`;
}

/** The columns of its row that the manifest gives. */
function rowOf(model: SeedModel) {
  return {
    slug: model.id,
    name: model.name,
    description: model.description,
    licence: model.licence,
    source: model.source,
    sha256: model.sha256,
    width: model.width,
    height: model.height,
    channels: model.channels,
    labels: [...model.labels],
    testError: model.testError ?? null,
    labelSpace: model.labelSpace ?? labelSpaceOf(model.labels),
    url: model.file?.url ?? null,
    ...(model.preprocessing == null ? {} : { preprocessing: { ...model.preprocessing } as Prisma.InputJsonObject }),
    ...(model.file?.bytes === undefined ? {} : { byteLength: model.file.bytes }),
  };
}

/** Sets the state only of new rows; workers update it afterwards. */
export async function seedModels(connection: Connection, models: readonly SeedModel[]): Promise<void> {
  for (const model of models) {
    const id = zooModelId(model);
    const row = rowOf(model);
    const state = model.file?.kind === "downloaded" ? "NOT_DOWNLOADED" : "AVAILABLE";
    await connection.model.updateMany({
      where: { workspaceId: null, slug: model.id, id: { not: id } },
      data: { slug: `${model.id}@${id}` },
    });
    await connection.model.upsert({ where: { id }, create: { id, ...row, state }, update: row });
  }
}

export interface ChangedNetwork {
  /** A column of `models`, such as `labels`. */
  readonly column: string;
  readonly slug: string;
  readonly stored: unknown;
  readonly listed: unknown;
}

const columnNames: Readonly<Record<string, string>> = { testError: "test_error", labelSpace: "label_space", byteLength: "byte_length" };

/** What the rows of these networks state differently. A network that has no row yet has no difference. */
export async function findChangedNetworks(connection: Connection, models: readonly SeedModel[]): Promise<readonly ChangedNetwork[]> {
  const found: ChangedNetwork[] = [];
  for (const model of models) {
    const stored: Readonly<Record<string, unknown>> | null = await connection.model.findUnique({ where: { id: zooModelId(model) } });
    if (stored === null) continue;
    for (const [name, listed] of Object.entries({ preprocessing: null, ...rowOf(model), origin: "zoo" }))
      if (canonicalJson(stored[name]) !== canonicalJson(listed))
        found.push({ column: columnNames[name] ?? name, slug: model.id, stored: stored[name], listed });
  }
  return found;
}
