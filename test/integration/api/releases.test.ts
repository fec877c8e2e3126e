/** Releases of studies: who may make them and when, what they contain, that nothing changes them, and how they are downloaded. */
import { createHash } from "node:crypto";
import { decodePng } from "@pareidolia/images/png";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { verifyRelease } from "@pareidolia/release/verify/verifyRelease";
import type { HeldClaim } from "@pareidolia/workers/heldClaim";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialsOf, localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { carryOutRelease, makeProductRelease, releaseRowId, requestRelease } from "../../support/productRelease.ts";
import { inMemory, unzipped } from "../../support/releaseBytes.ts";
import { countingRules, imagesOf, studyDesign } from "../../support/studyDesigns.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const fields = `id number version title state done total failure sha256 byteLength url studyState withdrawnSince createdBy { id }
  counts { files images genomes voters trials votes } creators { name orcid } licence { spdx } study { key }`;

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a response
async function readReleases(key: string): Promise<any[]> {
  const { body } = await api.query(`{ node(id: "${key}") { ... on Study { releases { ${fields} } } } }`, {}, localOwner);
  return body.data.node.releases;
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${api.url}${path}`, { headers: { ...credentialsOf(localOwner), ...headers } });
const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());
const setState = (study: OpenedStudy, state: "OPEN" | "PAUSED" | "CLOSED") =>
  api.database.connection.study.update({ where: { id: study.study.id }, data: { state } });

/** A study with gold whose voters have voted, one of them in part; it is closed. */
async function votedStudy(): Promise<{ readonly study: OpenedStudy; readonly clients: readonly VoterClient[] }> {
  const protocol = resolveProtocol("alternatives", { alternatives: 3, cantTell: "missing" });
  const [phase] = countingRules.phases;
  const checks = { gold: imagesOf([0, 1], "gold"), noise: [], canaries: [], exemplars: [] };
  const design = studyDesign(6, { phases: [{ protocol, timing: phase!.timing }] }, checks);
  const study = await writeOpenedStudy(api, { design, rules: { exclusion: resolveExclusion({ goldHits: 1 }) } });
  const clients = [0, 1, 2, 3].map(() => new VoterClient(api.url, { link: study.link }));
  for (const [index, client] of clients.entries()) {
    await client.join();
    if (index === 3) await client.cast(0, { choice: 1 }, { timing: { shownMs: 66.7 } });
    else await client.voteOnAll(({ number }) => ({ choice: (number + index) % 3 }));
  }
  await setState(study, "CLOSED");
  return { study, clients };
}

describe("a release", () => {
  it("contains what the study's voters saw and answered, and every number follows from it", async () => {
    const { study } = await votedStudy();
    const made = await makeProductRelease(api, study.key);
    const [release] = await readReleases(study.key);
    expect(release).toMatchObject({
      id: made.id,
      number: 1,
      version: "1.0.0",
      state: "SUCCEEDED",
      failure: null,
      url: `/studies/${study.key}/releases/1.zip`,
      studyState: "CLOSED",
      withdrawnSince: 0,
      creators: [{ name: "Ada Example", orcid: "0000-0002-1825-0097" }],
      licence: { spdx: "CC-BY-4.0" },
      study: { key: study.key },
      counts: { voters: 4, genomes: 0, trials: 25 },
    });
    const archive = await bytesOf(await get(release.url));
    expect(archive.length).toBe(release.byteLength);
    expect(createHash("sha256").update(archive).digest("hex")).toBe(release.sha256);
    const files = await unzipped(archive);
    expect(files.size).toBe(release.counts.files);
    const { holds, checks } = await verifyRelease(inMemory(files), { decodeImage: decodePng });
    expect(checks.filter((check) => !check.holds)).toEqual([]);
    expect(holds).toBe(true);
    // 4096 bytes each.
    expect(await api.database.connection.releasePart.count({ where: { releaseId: releaseRowId(release.id) } })).toBe(
      Math.ceil(archive.length / 4096),
    );
    const entries = await api.database.connection.auditEntry.findMany({ where: { subjectType: "Release" }, orderBy: { sequence: "asc" } });
    expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ["release:make", releaseRowId(release.id)],
      ["release:download", releaseRowId(release.id)],
    ]);
  });

  it("is downloaded in any ranges, with the same bytes each time", async () => {
    const { study } = await votedStudy();
    await makeProductRelease(api, study.key);
    const path = `/studies/${study.key}/releases/1.zip`;
    const whole = await get(path);
    const etag = whole.headers.get("etag") as string;
    expect(whole.headers.get("content-disposition")).toBe(`attachment; filename="${study.key}-1.0.0.zip"`);
    expect(whole.headers.get("accept-ranges")).toBe("bytes");
    const archive = await bytesOf(whole);
    const middle = Math.floor(archive.length / 2);
    const start = await get(path, { range: `bytes=0-${middle}` });
    const rest = await get(path, { range: `bytes=${middle + 1}-`, "if-range": etag });
    expect([start.status, rest.status]).toEqual([206, 206]);
    expect(rest.headers.get("content-range")).toBe(`bytes ${middle + 1}-${archive.length - 1}/${archive.length}`);
    expect(Buffer.concat([await bytesOf(start), await bytesOf(rest)]).equals(archive)).toBe(true);
    expect(await bytesOf(await get(path, { range: "bytes=-100" }))).toEqual(archive.slice(-100));
    const other = await get(path, { range: "bytes=0-9", "if-range": '"other"' });
    expect([other.status, (await bytesOf(other)).length]).toEqual([200, archive.length]);
    const beyond = await get(path, { range: `bytes=${archive.length}-` });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${archive.length}`]);
    expect((await get(path, { "if-none-match": etag })).status).toBe(304);
    const head = await fetch(`${api.url}${path}`, { method: "HEAD", headers: credentialsOf(localOwner) });
    expect(head.headers.get("content-length")).toBe(String(archive.length));
    for (const missing of ["2.zip", "0.zip", "1.tar"])
      expect((await get(`/studies/${study.key}/releases/${missing}`)).status).not.toBe(200);
  });

  it("is never changed or deleted, except with its study", async () => {
    const { study } = await votedStudy();
    await makeProductRelease(api, study.key);
    const { connection } = api.database;
    const before = await readReleases(study.key);
    const owner = await openDatabase(api.ownerUrl);
    for (const statement of [
      "UPDATE releases SET version = '9.0.0'",
      "UPDATE releases SET state = 'QUEUED'",
      "DELETE FROM releases",
      "TRUNCATE releases CASCADE",
      "UPDATE release_parts SET byte_length = 1",
      "DELETE FROM release_parts",
      "TRUNCATE release_parts",
      "INSERT INTO release_parts SELECT release_id, index + 1000, sha256, byte_length FROM release_parts",
    ])
      await expect(owner.connection.$executeRawUnsafe(statement), statement).rejects.toThrow("immutable");
    await owner.close();
    expect(await readReleases(study.key)).toEqual(before);
    await connection.study.delete({ where: { id: study.study.id } });
    expect(await connection.release.count({ where: { studyId: study.study.id } })).toBe(0);
    expect(await connection.releasePart.count({ where: { releaseId: releaseRowId(before[0].id) } })).toBe(0);
  });

  it("is marked when one of its voters withdraws, and later releases do not contain that voter", async () => {
    const { study, clients } = await votedStudy();
    await makeProductRelease(api, study.key);
    const { length } = await bytesOf(await get(`/studies/${study.key}/releases/1.zip`));
    expect((await clients[1]!.send("withdrawVotes", {})).removedVotes).toBe(8);
    const [first] = await readReleases(study.key);
    expect(first).toMatchObject({ withdrawnSince: 1, counts: { voters: 4 }, byteLength: length });
    await makeProductRelease(api, study.key, { version: "1.1.0" });
    const [second, earlier] = await readReleases(study.key);
    expect(second).toMatchObject({ version: "1.1.0", withdrawnSince: 0, counts: { voters: 3, trials: 17 } });
    expect(earlier).toMatchObject({ version: "1.0.0", withdrawnSince: 1 });
    const files = await unzipped(await bytesOf(await get(`/studies/${study.key}/releases/2.zip`)));
    const trials = new TextDecoder().decode(files.get("trials.csv"));
    expect(trials).toContain(",V-01,");
    expect(trials).not.toContain(",V-02,");
    expect((await verifyRelease(inMemory(files), { decodeImage: decodePng })).holds).toBe(true);
  });

  it("is written again if a voter withdraws while it is written", async () => {
    const { study, clients } = await votedStudy();
    const { release } = await requestRelease(api, study.key);
    let withdrawn = false;
    const objectStore = {
      ...api.objectStore,
      get: async (key: string) => {
        if (!withdrawn) await clients[0]!.send("withdrawVotes", {});
        withdrawn = true;
        return api.objectStore.get(key);
      },
    };
    await carryOutRelease({ ...api, objectStore }, releaseRowId(release!.id));
    const [made] = await readReleases(study.key);
    expect(made).toMatchObject({ state: "SUCCEEDED", withdrawnSince: 0, counts: { voters: 3 } });
    const files = await unzipped(await bytesOf(await get(made.url)));
    expect(new TextDecoder().decode(files.get("voters.csv"))).not.toContain("V-01");
  });

  it("stops when it is cancelled, and its version can be used again", async () => {
    const { study } = await votedStudy();
    const { release } = await requestRelease(api, study.key);
    const id = releaseRowId(release!.id);
    expect(await requestRelease(api, study.key, { version: "2.0.0" })).toMatchObject({
      __typename: "ConflictError",
      message: "A release of this study is being made. Wait for it, or cancel it.",
    });
    const cancel = async () =>
      (
        await api.query(
          `mutation { cancelRelease(input: { releaseId: "${release!.id}" }) { __typename ... on CancelReleaseSuccess { release { state } } ... on Error { message } } }`,
          {},
          localOwner,
        )
      ).body.data.cancelRelease;
    let held: Pick<HeldClaim, "refresh"> | null = null;
    const objectStore = {
      ...api.objectStore,
      get: async (key: string) => {
        if (held !== null) {
          expect(await cancel()).toEqual({ __typename: "CancelReleaseSuccess", release: { state: "CANCELLED" } });
          // As the worker does when it is notified.
          await held.refresh();
          held = null;
        }
        return api.objectStore.get(key);
      },
    };
    const onClaimed = (_id: string, claim: Pick<HeldClaim, "refresh"> | null): void => {
      held = claim;
    };
    await carryOutRelease({ ...api, objectStore }, id, { onClaimed });
    expect(await readReleases(study.key)).toMatchObject([{ state: "CANCELLED", sha256: null, url: null }]);
    expect(await cancel()).toMatchObject({ __typename: "ConflictError" });
    expect((await get(`/studies/${study.key}/releases/1.zip`)).status).toBe(404);
    await makeProductRelease(api, study.key);
    expect(await readReleases(study.key)).toMatchObject([{ number: 2, state: "SUCCEEDED" }, { number: 1 }]);
    expect(await requestRelease(api, study.key)).toMatchObject({ message: expect.stringContaining("Version 1.0.0 of this study exists") });
  });

  it("fails with a reason when a stored image is lost, or people can vote again", async () => {
    const { study } = await votedStudy();
    const lost = await requestRelease(api, study.key);
    const get_ = async (key: string) => {
      if (key.startsWith("images/")) return new Uint8Array([1]);
      return api.objectStore.get(key);
    };
    await carryOutRelease({ ...api, objectStore: { ...api.objectStore, get: get_ } }, releaseRowId(lost.release!.id));
    const reopened = await requestRelease(api, study.key);
    await setState(study, "OPEN");
    await carryOutRelease(api, releaseRowId(reopened.release!.id));
    expect(await readReleases(study.key)).toMatchObject([
      { state: "FAILED", failure: expect.stringContaining("was opened again while its release was made") },
      { state: "FAILED", failure: expect.stringContaining("is damaged: its bytes have another SHA-256") },
    ]);
  });
});

describe("the request of a release", () => {
  it("is refused while people vote, for a draft's or another consent, and names a wrong field", async () => {
    const { study } = await votedStudy();
    await setState(study, "OPEN");
    expect(await requestRelease(api, study.key)).toMatchObject({
      __typename: "ConflictError",
      message: "People can vote in this study. Pause or close it first, so that its votes stay as they are.",
    });
    await setState(study, "PAUSED");
    for (const [changes, field] of [
      [{ consentVersion: 2 }, "input.consentVersion"],
      [{ version: "1" }, "input.version"],
      [{ title: " " }, "input.title"],
      [{ creators: [] }, "input.creators"],
      [{ creators: [{ name: "Ada Example", orcid: "0000-0002-1825-0098" }] }, "input.creators"],
      [{ licence: { name: "Own", url: "licence.txt" } }, "input.licence"],
      [{ doi: "none" }, "input.doi"],
      [{ keywords: Array.from({ length: 21 }, (_, index) => `k${index}`) }, "input.keywords"],
      [{ studyId: "STU-9999" }, "input.studyId"],
    ] as const)
      expect(await requestRelease(api, study.key, changes), JSON.stringify(changes)).toMatchObject(
        field === "input.studyId" ? { __typename: "NotFoundError" } : { __typename: "InvalidInputError", field },
      );
    expect(await readReleases(study.key)).toEqual([]);
  });

  it("is refused without storage: archives count, and the quota shows them", async () => {
    const { study } = await votedStudy();
    await makeProductRelease(api, study.key);
    const { connection } = api.database;
    const [total] = await connection.$queryRaw<{ bytes: number }[]>`SELECT sum(byte_length)::float8 AS bytes FROM releases`;
    const { quotas } = (await api.query("{ quotas { storage { used } releases { count byteLength } } }", {}, localOwner)).body.data;
    expect(quotas).toEqual({ storage: { used: total?.bytes }, releases: { count: expect.any(Number), byteLength: total?.bytes } });
    const { workspaceId } = study.study;
    await connection.workspace.update({ where: { id: workspaceId }, data: { storageQuota: BigInt(total?.bytes ?? 0) } });
    try {
      expect(await requestRelease(api, study.key, { version: "1.1.0" })).toMatchObject({ __typename: "QuotaExceededError" });
    } finally {
      await connection.workspace.update({ where: { id: workspaceId }, data: { storageQuota: null } });
    }
  });

  it("that is repeated with its key returns the same release", async () => {
    const { study } = await votedStudy();
    const [one, other] = [
      await requestRelease(api, study.key, { idempotencyKey: "key" }),
      await requestRelease(api, study.key, { idempotencyKey: "key" }),
    ];
    expect(other).toEqual(one);
    expect(await requestRelease(api, study.key, { idempotencyKey: "key", version: "2.0.0" })).toMatchObject({
      __typename: "ConflictError",
    });
    const [job] = await api.database.connection.$queryRaw<{ jobs: number }[]>`
      SELECT count(*)::int AS jobs FROM pareidolia_jobs.job WHERE name = 'makeRelease' AND data->>'releaseId' = ${releaseRowId(one.release!.id)}`;
    expect(job?.jobs).toBe(1);
  });
});
