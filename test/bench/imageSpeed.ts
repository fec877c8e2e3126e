/** P10: how fast the API delivers thumbnails, as a share of a plain `node:http` server that streams the same files on the same core. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Purpose, Random } from "@pareidolia/core/random";
import { encodePng } from "@pareidolia/images/png";
import { judge, noBar, type ReportRow } from "@pareidolia/lab/report";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { type Request, timeRequests } from "./served/requestSpeed.ts";
import { startServed } from "./served/servedProcess.ts";
import { serveProduct } from "./served/servedProduct.ts";
import { takeTurns } from "./turns.ts";

const secondsOfTurn = 2;
/** Of a page of the gallery. */
const images = 50;
const side = 64;

/** Images of the workspace in the database and the object store, and the same bytes as files. Returns their hashes. */
async function seedImages({
  database,
  objectStore,
  folder,
}: {
  database: Database;
  objectStore: ObjectStore;
  folder: string;
}): Promise<string[]> {
  const hashes: string[] = [];
  for (let index = 0; index < images; index++) {
    const random = new Random({ seed: index, generation: 0, index: 0, purpose: Purpose.NOISE });
    const pixels = Uint8Array.from({ length: side * side * 3 }, () => random.below(256));
    const png = encodePng({ width: side, height: side, channels: 3, pixels });
    const sha256 = createHash("sha256").update(png).digest("hex");
    await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
    await writeFile(path.join(folder, `${sha256}.png`), png);
    const image = { sha256, width: side, height: side, channels: 3 as const, byteLength: png.length };
    const about = { name: `Image ${index}`, label: null, licence: "", source: "", idempotencyKey: null };
    await database.transaction((transaction) =>
      createPhoto(transaction, { image, workspaceId: localWorkspaceId, createdById: localUserId, ...about }),
    );
    hashes.push(sha256);
  }
  return hashes;
}

async function run({ repetitions, onProgress }: BenchmarkOptions): Promise<readonly ReportRow[]> {
  let hashes: readonly string[] = [];
  const product = await serveProduct(async (parts) => {
    hashes = await seedImages(parts);
  });
  const bare = await startServed(fileURLToPath(new URL("./served/bareFiles.ts", import.meta.url)), {}, { args: [product.folder] });
  try {
    const requests = (origin: string, headersOf: (sha256: string) => Readonly<Record<string, string>>, status = 200): readonly Request[] =>
      hashes.map((sha256) => ({ url: `${origin}/${sha256}.png`, method: "GET", headers: headersOf(sha256), status }));
    const { cookie, key } = product.credentials;
    const sides = [
      requests(bare.origin, () => ({})),
      requests(`${product.origin}/images`, () => cookie),
      requests(`${product.origin}/images`, () => key),
      requests(`${product.origin}/images`, (sha256) => ({ ...cookie, "if-none-match": `"${sha256}"` }), 304),
    ];
    onProgress(`P10: ${repetitions} turns of ${secondsOfTurn} s for each of ${sides.length} sides`);
    const times = await takeTurns(
      sides.map((each) => ({ turn: async () => [await timeRequests(each, secondsOfTurn)] })),
      repetitions,
    );
    const [plain, ...ours] = times.map(({ seconds }) => seconds);
    const rowOf = (what: string, seconds = Number.NaN) => ({
      id: "P10",
      what: `${what} ÷ a plain node:http stream`,
      figure: (plain ?? Number.NaN) / seconds,
      detail: `${Math.round(1 / seconds)} images/s, plain ${Math.round(1 / (plain ?? Number.NaN))} images/s of ${side} x ${side} pixels`,
    });
    return [
      judge({ ...rowOf("images with a session cookie", ours[0]), bar: { atLeast: 0.7 } }),
      { ...rowOf("images with an API key", ours[1]), bar: noBar, holds: true },
      { ...rowOf("images that the browser has (304)", ours[2]), bar: noBar, holds: true },
    ];
  } finally {
    await bare.close();
    await product.close();
  }
}

export const imageSpeed: Benchmark = {
  id: "P10",
  description: "thumbnails over HTTP against a plain node:http server that streams the same files on the same core",
  run,
};
