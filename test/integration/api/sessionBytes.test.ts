/** The weight that a study states before it opens is that of the bytes which its voters then load, real photographs as gold included. */
import { createHash } from "node:crypto";
import { encodePng } from "@pareidolia/images/png";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { type PhotoName, readPhoto } from "../../support/photos.ts";
import { classesUpTo, imagesOf, studyDesign } from "../../support/studyDesigns.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const photos: readonly PhotoName[] = [
  "cat.bmp",
  "bird.bmp",
  "dragonfly.bmp",
  "owl.jpg",
  "parrot.jpg",
  "hot_dog.jpg",
  "grace_hopper.bmp",
  "missvickie_potato_chips.bmp",
];

async function storePhoto(name: PhotoName, side: number): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const { pixels } = await readPhoto(name, side);
  const shape = { width: side, height: side, channels: 3 } as const;
  const png = encodePng({ ...shape, pixels: Uint8Array.from(pixels, Math.round) });
  const sha256 = createHash("sha256").update(png).digest("hex");
  await api.objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  await api.database.connection.image.createMany({ data: [{ sha256, ...shape, byteLength: png.length }], skipDuplicates: true });
  return { sha256, bytes: png.length };
}

/** Counted photographs of 96 pixels, and gold of 512 pixels. */
async function openWith(counted: number): Promise<{ readonly study: OpenedStudy; readonly goldBytes: number }> {
  const stored = await Promise.all(photos.slice(0, counted).map((name) => storePhoto(name, 96)));
  const gold = await storePhoto("cat.bmp", 512);
  const design = studyDesign(counted);
  const study = await writeOpenedStudy(api, {
    side: 96,
    design: {
      ...design,
      stimuli: imagesOf(classesUpTo(counted)).map((one, index) => ({ ...one, image: stored[index]?.sha256 ?? "" })),
      gold: design.gold.slice(0, 1).map((one) => ({ ...one, image: gold.sha256 })),
      noise: design.noise.slice(0, 2),
      canaries: [],
    },
    perVoter: { counted, gold: 1, noise: 2, canaries: 0 },
  });
  return { study, goldBytes: gold.bytes };
}

/** What the study states to researchers and to a voter, and the bytes of each distinct image that a voter then loads. */
async function weigh(study: OpenedStudy) {
  const researcher = new VoterClient(api.url, { actor: localOwner });
  const { data } = await researcher.ask(`{ node(id: "${study.key}") { ... on Study { sessionBytes } } }`);
  const client = new VoterClient(api.url, { link: study.link });
  const { data: seen } = await client.ask(`{ ballot(link: "${study.link}") { imageBytes } }`);
  await client.join();
  const urls = (await client.trials()).flatMap(({ images, exemplars }: Record<string, { url: string }[]>) =>
    [...(images ?? []), ...(exemplars ?? [])].map(({ url }) => url),
  );
  const sizes: number[] = [];
  for (const url of new Set<string>(urls)) {
    const response = await client.getImage(url);
    expect(response.status).toBe(200);
    sizes.push((await response.arrayBuffer()).byteLength);
  }
  return { toResearcher: data.node.sessionBytes as number, toVoter: seen.ballot.imageBytes as number, sizes };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

it("is exact for up to four images of a role, but for the addresses in the files", async () => {
  const { study, goldBytes } = await openWith(4);
  const { toResearcher, toVoter, sizes } = await weigh(study);
  expect(sizes).toHaveLength(4 + 1 + 2);
  expect(toVoter).toBe(toResearcher);
  const rest = (sum(sizes) - toVoter) / sizes.length;
  expect(rest).toBeGreaterThan(0);
  expect(rest).toBeLessThan(120);
  // The gold photograph travels at the size of counted images.
  expect(Math.max(...sizes)).toBeLessThan(goldBytes / 10);
});

it("is close for more images, of which four are weighed", async () => {
  const { study } = await openWith(photos.length);
  const { toResearcher, toVoter, sizes } = await weigh(study);
  expect(sizes).toHaveLength(photos.length + 1 + 2);
  expect(toVoter).toBe(toResearcher);
  expect(toVoter / sum(sizes)).toBeGreaterThan(0.75);
  expect(toVoter / sum(sizes)).toBeLessThan(1.25);
});
