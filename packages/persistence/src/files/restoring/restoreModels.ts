/** Finds the networks of an export here, and registers those that came with it. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Prisma } from "../../generated/client.ts";
import { labelSpaceOf } from "../../lab/models/labelSpace.ts";
import { findModels, type ModelRecord } from "../../lab/models/readModels.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** A network of an export. */
export interface ExportedModel {
  readonly slug: string;
  readonly origin: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: string;
  readonly sha256: string;
  readonly byteLength: number | null;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly labels: readonly string[];
  readonly labelSpace: string;
  readonly preprocessing: Preprocessing | null;
  readonly testError: number | null;
}

const refused = (what: string): AppError => new AppError("CORRUPT_DATA", `This export cannot be restored here: ${what}`);

const isSameClasses = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((label, at) => label === other[at]);

/**
 * The network of the product or of the workspace with this identifier and file; null for one that has to be registered.
 * @throws AppError CORRUPT_DATA naming the network and what to do, if it is of the product and is not here, or if another has its identifier.
 */
export async function findExportedModel(connection: Connection, { workspaceId }: Scope, model: ExportedModel): Promise<ModelRecord | null> {
  const { slug, sha256, labels, origin, name } = model;
  const isOfProduct = origin === "zoo";
  const row = await connection.model.findFirst({ where: { slug, workspaceId: isOfProduct ? null : workspaceId }, select: { id: true } });
  const [found = null] = row === null ? [] : await findModels(connection, [row.id]);
  if (found === null && isOfProduct)
    throw refused(
      `its network ${name} (${slug}) is not part of this version of the product. Update this server, then upload the file again.`,
    );
  if (found === null) return null;
  if (found.sha256 !== sha256 || !isSameClasses(found.labels, labels))
    throw refused(
      isOfProduct
        ? `its network ${name} (${slug}) has other weights here. Import it on a server of the version that made the export.`
        : `this workspace has another network with the identifier ${slug}. Delete that one, or import into another workspace.`,
    );
  if (found.state === "REFUSED" || found.state === "CHECKING")
    throw refused(`its network ${found.name} (${slug}) cannot be used here at present. Check it on its page, then upload the file again.`);
  return found;
}

export function newModelId(): string {
  return `model_${randomUUID().replaceAll("-", "").slice(0, 24)}`;
}

/** Its classes are compared with those of other networks only if they are equal. @throws AppError CORRUPT_DATA. */
export async function requireOwnLabelSpace(connection: Connection, workspaceId: string, model: ExportedModel): Promise<void> {
  const { labelSpace, labels, slug } = model;
  if (labelSpace === labelSpaceOf(labels)) return;
  const other = await connection.model.findFirst({
    where: { labelSpace, OR: [{ workspaceId: null }, { workspaceId }] },
    select: { labels: true },
  });
  if (other === null || other.labels.length !== labels.length)
    throw refused(`its network ${slug} states that it has the classes of another network, which is not here.`);
}

/** @param report what the inspection found. */
export async function restoreModel(
  connection: Connection,
  { workspaceId, createdById }: { readonly workspaceId: string; readonly createdById: string },
  { id, model, report }: { readonly id: string; readonly model: ExportedModel; readonly report: object },
): Promise<void> {
  const { preprocessing, labels, ...rest } = model;
  await connection.model.create({
    data: {
      ...rest,
      id,
      workspaceId,
      createdById: model.origin === "chain" ? null : createdById,
      labels: [...labels],
      state: "AVAILABLE",
      report: report as Prisma.InputJsonObject,
      ...(preprocessing === null ? {} : { preprocessing: { ...preprocessing } as Prisma.InputJsonObject }),
    },
  });
}
