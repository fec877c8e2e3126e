/** No response to a voter shows what an image is, what the machine says about it, or which trials are checks: for every kind of protocol. */
import { createHash } from "node:crypto";
import type { ByteImage } from "@pareidolia/core/image";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type StudyImageRole } from "@pareidolia/core/studyState";
import { decodePng, encodePng } from "@pareidolia/images/png";
import { type ProtocolKindId, protocolKinds, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { isTouchedIn, sampled } from "../../support/extent/sampled.ts";
import { readImageAddresses } from "../../support/imageAddresses.ts";
import { type OpenedStudy, type OpenedStudyOptions, writeOpenedStudy } from "../../support/openedStudy.ts";
import { readPhoto } from "../../support/photos.ts";
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

async function storePixels(image: ByteImage): Promise<string> {
  const png = encodePng(image);
  const sha256 = createHash("sha256").update(png).digest("hex");
  await api.objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const { width, height, channels } = image;
  await api.database.connection.image.createMany({
    data: [{ sha256, width, height, channels, byteLength: png.length }],
    skipDuplicates: true,
  });
  return sha256;
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

const protocols = sampled(protocolKinds, { by: () => "protocol", isTouched: isTouchedIn("packages/perception/src/protocols") });

describe.each(protocols.map(({ id }) => id))("in a study with the protocol %s", (kind) => {
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

    const addressOf = await readImageAddresses(api.database, study.study.id, { voter: 0 });
    const addresses = new Map(study.images.map((image) => [`${image.role} ${image.imageSha256}`, addressOf(image)]));
    const nameOf = (label: number): string => `label ${label}`;
    expect(trials).toHaveLength(expected.length);
    for (const [index, { screen, role }] of expected.entries()) {
      const shown = trials[index];
      expect(shown.images.map(({ url }: { url: string }) => url)).toEqual(
        screen.images.map((sha256) => addresses.get(`${role.toUpperCase()} ${sha256}`)),
      );
      expect(shown.exemplars.map(({ url }: { url: string }) => url)).toEqual(
        screen.exemplars.map((sha256) => addresses.get(`EXEMPLAR ${sha256}`)),
      );
      expect([...shown.options, ...(shown.question.label === null ? [] : [shown.question.label])]).toEqual(screen.labels.map(nameOf));
      expect(shown.timing).toEqual(design.phases[0]?.timing);
      expect(Object.keys(shown).toSorted()).toEqual([
        "answered",
        "exemplars",
        "images",
        "number",
        "options",
        "phase",
        "question",
        "timing",
      ]);
    }
    const [voter] = await api.database.connection.studyVoter.findMany({ where: { studyId: study.study.id } });
    const votes = await api.database.connection.vote.findMany({ where: { voterId: voter?.id ?? "" }, orderBy: { trial: "asc" } });
    expect(votes.map(({ role, item }) => [role, item])).toEqual(expected.map(({ role, item }) => [role.toUpperCase(), item]));
  });
});

describe("the image of a trial", () => {
  const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

  it("has the stored bits, in the smaller of two formats, under another address and with other bytes for each voter", async () => {
    const study = await open({ side: 28 });
    const seen: { readonly url: string; readonly hash: string }[] = [];
    for (const voter of [0, 1]) {
      const client = new VoterClient(api.url, { link: study.link });
      await client.join();
      const addressOf = await readImageAddresses(api.database, study.study.id, { voter });
      const rows = new Map(study.images.map((image) => [addressOf(image), image]));
      for (const { images } of await client.trials()) {
        const [{ url, width, height }] = images;
        expect({ width, height }).toEqual({ width: 28, height: 28 });
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
          "content-type": "image/webp",
          "x-content-type-options": "nosniff",
          "content-security-policy": "default-src 'none'; sandbox",
          "cache-control": "private, max-age=86400",
        });
        const bytes = new Uint8Array(await response.arrayBuffer());
        const imageSha256 = rows.get(url)?.imageSha256 ?? "";
        const png = await api.objectStore.get(imageKey(imageSha256));
        const served = await sharp(bytes).toColourspace("b-w").raw().toBuffer();
        expect(Buffer.compare(served, decodePng(png).pixels)).toBe(0);
        expect(bytes.length).toBeLessThan(png.length + 100);
        expect(sha256Of(bytes)).not.toBe(imageSha256);
        seen.push({ url, hash: sha256Of(bytes) });
        const again = await fetch(`${api.url}${url}`, { headers: { "if-none-match": response.headers.get("etag") ?? "" } });
        expect(again.status).toBe(304);
      }
    }
    expect(seen).toHaveLength(12);
    expect(new Set(seen.map(({ url }) => url)).size).toBe(12);
    expect(new Set(seen.map(({ hash }) => hash)).size).toBe(12);
  });

  it("has the size, channels and format of counted images if it is a check, of whatever size the photograph is", async () => {
    const { pixels, ...shape } = await readPhoto("cat.bmp", 512);
    const tall = { width: 512, height: 300, channels: 3 as const, pixels: Uint8Array.from(pixels.slice(0, 512 * 300 * 3)) };
    expect(shape.width).toBe(512);
    const gold = await storePixels(tall);
    const design = studyDesign(6);
    const study = await open({ side: 224, design: { ...design, gold: design.gold.map((each) => ({ ...each, image: gold })) } });
    const client = new VoterClient(api.url, { link: study.link });
    await client.join();
    const addressOf = await readImageAddresses(api.database, study.study.id, { voter: 0 });
    const goldUrls = new Set(study.images.filter(({ role }) => role === "GOLD").map(addressOf));
    const kinds = new Set<string>();
    let golds = 0;
    for (const { images } of await client.trials()) {
      const [{ url, width, height }] = images;
      const response = await client.getImage(url);
      const bytes = Buffer.from(await response.arrayBuffer());
      const read = await sharp(bytes).metadata();
      kinds.add([width, height, read.width, read.height, read.format, response.headers.get("content-type"), url.length].join(" "));
      if (!goldUrls.has(url)) continue;
      golds += 1;
      const { channels } = await sharp(bytes).stats();
      const [red, green, blue] = channels.map(({ mean }) => mean);
      expect([green, blue]).toEqual([red, red]);
    }
    expect(golds).toBeGreaterThan(0);
    expect([...kinds]).toHaveLength(1);
  });

  it("cannot be addressed by another voter, nor by guessing", async () => {
    const study = await open();
    const clients = [new VoterClient(api.url, { link: study.link }), new VoterClient(api.url, { link: study.link })];
    const urls: string[][] = [];
    for (const client of clients) {
      await client.join();
      urls.push((await client.trials()).map(({ images }) => images[0].url));
    }
    const [one = "", other = ""] = urls.map(([first]) => first);
    const mixed = `${one.split("-")[0]}-${other.split("-")[1]}`;
    const statuses = await Promise.all([one, other, mixed].map(async (url) => (await fetch(`${api.url}${url}`)).status));
    expect(statuses).toEqual([200, 200, 404]);
    await clients[0]?.send("withdrawVotes", {});
    expect((await fetch(`${api.url}${one}`)).status).toBe(404);
  });

  it("is shown to everyone while people vote, and else to members who may vote; gold also on the thank-you page", async () => {
    const study = await open({ design: studyDesign(6) });
    await new VoterClient(api.url, { link: study.link }).join();
    const addressOf = await readImageAddresses(api.database, study.study.id, { voter: 0 });
    const pathOf = (role: string) => addressOf({ role: role as StudyImageRole, index: 0 });
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
    ["an unknown address", `${"0".repeat(32)}-${"0".repeat(32)}`, 404],
    ["the hash of a stored image", `${"0".repeat(64)}.png`, 400],
    ["another form", "..%2f..%2fetc", 400],
  ])("is not found under %s", async (_, file, status) => {
    const response = await fetch(`${api.url}/ballots/images/${file}`);
    await response.body?.cancel();
    expect(response.status).toBe(status);
  });
});
