/** No response to a voter shows what an image is, what the machine says about it, or which trials are checks: for every kind of protocol. */
import { createHash } from "node:crypto";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { decodePng } from "@pareidolia/images/png";
import { type ProtocolKindId, protocolKinds, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { imageKey } from "@pareidolia/persistence/objectStores/objectStore";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, type OpenedStudyOptions, writeOpenedStudy } from "../../support/openedStudy.ts";
import { imagesOf, studyDesign } from "../../support/studyDesigns.ts";
import { anyAnswer, authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

/** Values of the parameters without which a kind would not show all that it can. */
const values: Partial<Record<ProtocolKindId, object>> = {
  alternatives: { alternatives: 4, cantTell: "missing" },
  reverse: { alternatives: 3, exemplars: 2 },
  confidenceRating: { labels: "every" },
  pairwise: { pairs: "otherLabel" },
};

function designOf(kind: ProtocolKindId) {
  const phase = {
    protocol: resolveProtocol(kind, (values[kind] ?? {}) as never),
    timing: resolveParameters(timingSpecs, { imageMs: 63, maskMs: 100 }),
  };
  return studyDesign(6, { phases: [phase] }, { canaries: imagesOf([0, 1, 2, 3], "canary") });
}

const open = (options?: OpenedStudyOptions): Promise<OpenedStudy> => writeOpenedStudy(api, options);

/** What may occur in no response, as text. */
function secretsOf({ images, plan, study }: OpenedStudy): string[] {
  const ofImages = images.flatMap(({ imageSha256, confidence, source }) => [
    imageSha256,
    source,
    ...(confidence === null ? [] : [String(confidence)]),
  ]);
  return [
    ...new Set(ofImages),
    study.planHash ?? "",
    `"seed"`,
    String(plan.seed),
    "target",
    "truth",
    "role",
    "canary",
    "CANARY",
    "COUNTED",
    "NOISE",
    "confidence",
  ];
}

describe.each(protocolKinds.map(({ id }) => id))("in a study with the protocol %s", (kind) => {
  it("a voter sees the screens of the trials and learns nothing else", async () => {
    const study = await open({ design: designOf(kind) });
    const client = new VoterClient(api.url, { link: study.link });
    await client.ballot();
    await client.join();
    const trials = await client.voteOnAll(anyAnswer);
    await client.cast(0, anyAnswer(trials[0]));
    await client.send("undoVote", { trial: trials.length - 1 });
    await client.cast(trials.length - 1, { skipped: true });
    const { design } = study.plan.rules;
    const expected = buildTrials(design, { seed: study.plan.seed, voter: 0, items: [0, 1, 2, 3, 4, 5] });
    // Before the end, not even the gold trials can be recognised.
    const secrets = [...secretsOf(study), "GOLD", "passed"];
    for (const text of client.texts) for (const secret of secrets) expect(text).not.toContain(secret);
    await client.send("finishStudy", {});
    const [last = ""] = client.texts.slice(-1);
    for (const secret of secretsOf(study)) expect(last).not.toContain(secret);

    const tokens = new Map(study.images.map(({ role, imageSha256, token }) => [`${role} ${imageSha256}`, `/ballots/images/${token}.png`]));
    const nameOf = (label: number): string => `label ${label}`;
    expect(trials).toHaveLength(expected.length);
    for (const [index, { screen, role }] of expected.entries()) {
      const shown = trials[index];
      expect(shown.images.map(({ url }: { url: string }) => url)).toEqual(
        screen.images.map((sha256) => tokens.get(`${role.toUpperCase()} ${sha256}`)),
      );
      expect(shown.exemplars.map(({ url }: { url: string }) => url)).toEqual(
        screen.exemplars.map((sha256) => tokens.get(`EXEMPLAR ${sha256}`)),
      );
      expect([...shown.options, ...(shown.question.label === null ? [] : [shown.question.label])]).toEqual(screen.labels.map(nameOf));
      expect(shown.timing).toEqual(design.phases[0]?.timing);
      expect(Object.keys(shown).toSorted()).toEqual(["answered", "exemplars", "images", "number", "options", "question", "timing"]);
    }
    const [voter] = await api.database.connection.studyVoter.findMany({ where: { studyId: study.study.id } });
    const votes = await api.database.connection.vote.findMany({ where: { voterId: voter?.id ?? "" }, orderBy: { trial: "asc" } });
    expect(votes.map(({ role, item }) => [role, item])).toEqual(expected.map(({ role, item }) => [role.toUpperCase(), item]));
  });
});

describe("the image of a trial", () => {
  const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

  it("is the stored one with each pixel enlarged to a square, and has other bytes in each study", async () => {
    const studies = [await open({ side: 28 }), await open({ side: 28 })];
    const hashes: string[] = [];
    for (const { link, images } of studies) {
      const client = new VoterClient(api.url, { link });
      await client.join();
      const [trial] = await client.trials();
      const [{ url, width, height }] = trial.images;
      expect({ width, height }).toEqual({ width: 336, height: 336 });
      const response = await client.getImage(url);
      expect(response.status).toBe(200);
      expect(
        Object.fromEntries(
          ["content-type", "x-content-type-options", "content-security-policy", "cache-control"].map((name) => [
            name,
            response.headers.get(name),
          ]),
        ),
      ).toEqual({
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, max-age=86400",
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const row = images.find(({ token }) => url.includes(token));
      const stored = decodePng(await api.objectStore.get(imageKey(row?.imageSha256 ?? "")));
      const served = decodePng(bytes);
      expect(served).toMatchObject({ width: 336, height: 336, channels: 1 });
      const each = Uint8Array.from(
        { length: 336 * 336 },
        (_, i) => stored.pixels[Math.floor(i / 336 / 12) * 28 + Math.floor((i % 336) / 12)] as number,
      );
      expect(Buffer.compare(served.pixels, each)).toBe(0);
      expect(sha256Of(bytes)).not.toBe(row?.imageSha256);
      hashes.push(sha256Of(bytes));
      const again = await fetch(`${api.url}${url}`, { headers: { "if-none-match": response.headers.get("etag") ?? "" } });
      expect(again.status).toBe(304);
    }
    expect(new Set(hashes).size).toBe(2);
  });

  it("keeps its size if it is large, and still has bytes of its own", async () => {
    const { images } = await open({ side: 400 });
    const response = await fetch(`${api.url}/ballots/images/${images[0]?.token}.png`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(decodePng(bytes)).toMatchObject({ width: 400, height: 400 });
    expect(sha256Of(bytes)).not.toBe(images[0]?.imageSha256);
  });

  it("is shown to everyone while people vote, and else to members who may vote; gold also on the thank-you page", async () => {
    const study = await open({ design: studyDesign(6) });
    const pathOf = (wanted: string) => `/ballots/images/${study.images.find(({ role }) => role === wanted)?.token}.png`;
    const statusOf = async (client: VoterClient, path: string): Promise<number> => {
      const response = await client.getImage(path);
      await response.body?.cancel();
      return response.status;
    };
    const viewer = { ...localOwner, userId: "viewer", role: "VIEWER" } as const;
    const clients = [{}, { actor: stranger }, { actor: viewer }, { actor: localOwner }].map((address) => new VoterClient(api.url, address));
    const statuses = (role = "COUNTED") => Promise.all(clients.map((client) => statusOf(client, pathOf(role))));
    const setState = (state: "PAUSED" | "CLOSED" | "ARCHIVED") =>
      api.database.connection.study.update({ where: { id: study.study.id }, data: { state } });
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    await setState("PAUSED");
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    await setState("CLOSED");
    expect(await statuses()).toEqual([404, 404, 404, 200]);
    expect(await statuses("GOLD")).toEqual([200, 200, 200, 200]);
    await setState("ARCHIVED");
    expect(await statuses("GOLD")).toEqual([200, 200, 200, 200]);
    await api.database.connection.workspace.update({ where: { id: localWorkspaceId }, data: { deletedAt: new Date() } });
    expect([...(await statuses()), ...(await statuses("GOLD"))]).toEqual(Array.from({ length: 8 }, () => 404));
    await api.database.connection.workspace.update({ where: { id: localWorkspaceId }, data: { deletedAt: null } });
  });

  it.each([
    ["an unknown address", `${"0".repeat(32)}.png`, 404],
    ["the hash of a stored image", `${"0".repeat(64)}.png`, 400],
    ["another form", "..%2f..%2fetc", 400],
  ])("is not found under %s", async (_, file, status) => {
    const response = await fetch(`${api.url}/ballots/images/${file}`);
    await response.body?.cancel();
    expect(response.status).toBe(status);
  });
});
