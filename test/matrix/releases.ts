/** Releases of studies of the local workspace: one that can be downloaded, and one that a worker has not begun. */
import { createHash } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";
import { withoutTriggers } from "../support/postgresServer.ts";

export interface Releases {
  readonly queuedRelease: string;
}

export const missingReleases: Releases = { queuedRelease: encodeGlobalId("Release", "missing") };

/** @param studies IDs of the study with the finished release, and of the one with the queued release. */
export async function writeReleases(
  { database, objectStore }: AccountsApi,
  studies: { readonly released: string; readonly queued: string },
  seed: number,
): Promise<Releases & { readonly release: string }> {
  const { connection } = database;
  const creator = { kind: "person", name: `Ada ${seed}`, givenName: "Ada", familyName: "Example", orcid: "0000", affiliation: "Lab" };
  const description = {
    title: `Release ${seed}`,
    description: "Votes.",
    creators: [creator],
    publisher: "Lab",
    licence: { name: "Own", spdx: "CC0-1.0", url: "https://lab.example/licence" },
    keywords: ["votes"],
    doi: "10.5072/abc",
  };
  const row = { createdById: localUserId, number: 1, version: `1.0.${seed}`, description };
  const bytes = Buffer.from(`archive ${seed}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
  const id = `release_${seed}`;
  await connection.release.create({ data: { id, studyId: studies.released, ...row, failure: "A failure.", done: 1, total: 1 } });
  await connection.releasePart.create({ data: { releaseId: id, index: 0, sha256, byteLength: bytes.length } });
  const counts = { files: 1, images: 1, genomes: 1, voters: 1, trials: 1, votes: 1 };
  const now = new Date();
  const content = {
    sha256,
    byteLength: BigInt(bytes.length),
    counts,
    studyState: "CLOSED",
    lastVoterNumber: 0,
    withdrawnVoters: 0,
  } as const;
  await connection.release.update({ where: { id }, data: { state: "SUCCEEDED", ...content, startedAt: now, endedAt: now } });
  const queued = `queued_release_${seed}`;
  await connection.release.create({ data: { id: queued, studyId: studies.queued, ...row } });
  return { release: encodeGlobalId("Release", id), queuedRelease: encodeGlobalId("Release", queued) };
}

/** Gives releases of the local user to another one, as nothing but a test may do. */
export async function moveReleases({ ownerUrl }: AccountsApi, userId: string): Promise<void> {
  await withoutTriggers(ownerUrl, "UPDATE releases SET created_by_id = $1 WHERE created_by_id = $2", [userId, localUserId]);
}
