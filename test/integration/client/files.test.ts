/** The client's downloads and uploads, and the jobs that use them: exports, imports and bulk queries. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ClientOptions, createClient } from "@pareidolia/client";
import { exportTo } from "@pareidolia/client/jobs/exportData";
import { importFile } from "@pareidolia/client/jobs/importFile";
import { runBulkQuery } from "@pareidolia/client/jobs/runBulkQuery";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { openProductBulk } from "../../support/productBulk.ts";
import { carryOutExport, exportRowId } from "../../support/productExport.ts";
import { carryOutImport } from "../../support/productImport.ts";

let api: TestApi;
let folder: string;

beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
  folder = mkdtempSync(path.join(tmpdir(), "pareidolia-client-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api.close();
});

const clientOf = (url: string, options: Partial<ClientOptions> = {}) => createClient({ url, timeoutSeconds: 20, ...options });
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a download", () => {
  const bytes = randomBytes(300_000);
  const tag = `"${sha256Of(bytes)}"`;
  const requests: {
    readonly range: string | undefined;
    readonly ifRange: string | undefined;
    readonly authorization: string | undefined;
  }[] = [];
  let served: Uint8Array = bytes;
  /** Bytes of each answer after which the server breaks the connection. */
  let breaks: number[] = [];
  let server: Server;
  let url: string;

  const answer: RequestListener = (request, response) => {
    const { range, "if-range": ifRange, authorization } = request.headers;
    requests.push({ range, ifRange: ifRange === undefined ? undefined : String(ifRange), authorization });
    const from = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
    const isPartial = from > 0 && (ifRange === undefined || ifRange === tag);
    const sent = served.subarray(isPartial ? from : 0);
    response.writeHead(isPartial ? 206 : 200, {
      etag: tag,
      "content-length": sent.length,
      ...(isPartial ? { "content-range": `bytes ${from}-${served.length - 1}/${served.length}` } : {}),
    });
    const end = breaks.shift();
    if (end === undefined) response.end(sent);
    else response.write(sent.subarray(0, end), () => setTimeout(() => response.destroy(), 100));
  };

  beforeAll(async () => {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  const start = (interruptions: number[] = [], content: Uint8Array = bytes): void => {
    requests.length = 0;
    breaks = interruptions;
    served = content;
  };

  it("resumes where the connection broke, and has the hash of the whole file", async () => {
    start([100_000, 50_000]);
    const progress: (number | null)[] = [];
    const file = path.join(folder, "resumed.bin");
    const result = await clientOf(url).download("/file", file, { onProgress: (received, total) => progress.push(received, total) });
    expect(result).toEqual({ byteLength: bytes.length, sha256: sha256Of(bytes) });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(requests.map(({ ifRange }) => ifRange)).toEqual([undefined, tag, tag]);
    // A broken connection may lose bytes that had arrived.
    const [first = 0, second = 0] = requests.flatMap(({ range }) => /^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? []).map(Number);
    expect([first > 0 && first <= 100_000, second > first && second <= first + 50_000]).toEqual([true, true]);
    expect(progress.slice(-2)).toEqual([bytes.length, bytes.length]);
  });

  it("resumes what an earlier call left, if the hash is known", async () => {
    start([120_000]);
    const file = path.join(folder, "later.bin");
    const interrupted = clientOf(url, { retries: 0 }).download("/file", file);
    await expect(interrupted).rejects.toMatchObject({ code: "NETWORK" });
    const { length } = readFileSync(`${file}.part`);
    expect(length > 0 && length <= 120_000).toBe(true);
    await clientOf(url).download("/file", file, { sha256: sha256Of(bytes) });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(requests.at(-1)?.range).toBe(`bytes=${length}-`);
  });

  it("starts over if what was left is of another file", async () => {
    start();
    const file = path.join(folder, "other.bin");
    writeFileSync(`${file}.part`, "something else");
    await clientOf(url).download("/file", file, { sha256: sha256Of(bytes) });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("refuses a file with another hash, and gives it no name", async () => {
    start([], Buffer.concat([bytes, Buffer.from("!")]));
    const file = path.join(folder, "wrong.bin");
    await expect(clientOf(url).download("/file", file)).rejects.toMatchObject({ code: "WRONG_HASH" });
    expect([existsSync(file), readFileSync(`${file}.part`)]).toEqual([false, Buffer.alloc(0)]);
  });

  it("goes into memory and into streams, too", async () => {
    start([10_000, 10_000]);
    const { bytes: received } = await clientOf(url).download("/file");
    expect(Buffer.from(received).equals(bytes)).toBe(true);
    start([10_000]);
    const parts: Uint8Array[] = [];
    let isClosed = false;
    const stream = new WritableStream<Uint8Array>({
      write: (part) => void parts.push(part),
      close() {
        isClosed = true;
      },
    });
    await clientOf(url).download("/file", stream);
    expect([Buffer.concat(parts).equals(bytes), isClosed]).toEqual([true, true]);
  });

  it("sends the key to the API only", async () => {
    start();
    await clientOf(url, { token: "pdl_secret" }).download("/file");
    await clientOf("http://127.0.0.1:9", { token: "pdl_secret" }).download(`${url}/file`);
    expect(requests.map(({ authorization }) => authorization)).toEqual(["Bearer pdl_secret", undefined]);
  });
});

describe("an upload", () => {
  it("sends bytes, files and paths, and returns their hash", async () => {
    const bytes = randomBytes(5_000);
    const file = path.join(folder, "photo.png");
    writeFileSync(file, bytes);
    const client = clientOf(api.url);
    for (const source of [new Uint8Array(bytes), new File([bytes], "photo.png"), file]) {
      const upload = await client.upload(source, { kind: "PHOTO", ...(source instanceof Uint8Array ? { fileName: "photo.png" } : {}) });
      expect([upload.sha256, upload.byteLength]).toEqual([sha256Of(bytes), bytes.length]);
    }
  });

  it("throws what the API refuses", async () => {
    await expect(clientOf(api.url).upload(new Uint8Array(0), { kind: "PHOTO", fileName: "empty.png" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fieldErrors: [{ field: "input.byteLength" }],
    });
  });
});

describe("jobs", () => {
  it("an import waits for its preview and its runs; an export for its archive, which it downloads", async () => {
    const client = clientOf(api.url);
    const table = "Name,State,Runtime,lr,accuracy\nfirst,finished,12,0.1,0.91\nsecond,finished,14,0.2,0.93\n";
    const states: string[] = [];
    const imported = await importFile(client, new TextEncoder().encode(table), {
      fileName: "runs.csv",
      experimentName: "From a table",
      accept: ({ preview }) => preview?.runCount === 2,
      onProgress({ id, state }) {
        if (states.at(-1) !== state && (state === "INSPECTING" || state === "WRITING")) void carryOutImport(api, id);
        states.push(state);
      },
    });
    expect([imported.runCount, imported.experiments.map(({ name }) => name)]).toEqual([2, ["From a table"]]);
    expect([...new Set(states)]).toEqual(["INSPECTING", "READY", "WRITING", "SUCCEEDED"]);

    const file = path.join(folder, "export.zip");
    const exported = await exportTo(client, { subject: "EXPERIMENT", subjectId: imported.experiments[0]?.key, formats: ["CSV"] }, file, {
      onProgress({ id, state }) {
        if (state === "QUEUED") void carryOutExport(api, exportRowId(id));
      },
    });
    expect(exported.sha256).toBe(sha256Of(readFileSync(file)));
    expect(exported.export).toMatchObject({ state: "SUCCEEDED", sha256: exported.sha256, byteLength: exported.byteLength });
  });

  it("a bulk query reads all rows of a list, and has the hash of its file", async () => {
    const product = await openProductBulk(api);
    const file = path.join(folder, "runs.jsonl");
    const states: string[] = [];
    const query = "query ($search: String) { runs(search: $search) { nodes { key name } } }";
    const { bulkQuery, sha256 } = await runBulkQuery(
      clientOf(api.url),
      { query, variables: { search: "state = succeeded" }, format: "JSONL" },
      file,
      {
        onProgress({ state }) {
          states.push(state);
          if (state === "QUEUED") void product.carryOut();
        },
      },
    );
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { name: string }).name).toSorted()).toEqual(["first", "second"]);
    expect([bulkQuery.rows, bulkQuery.file?.sha256, states.at(-1)]).toEqual([2, sha256, "SUCCEEDED"]);
  });

  it("an import whose preview is not accepted writes nothing", async () => {
    const table = "Name,State,Runtime,lr\nthird,finished,12,0.1\n";
    const refused = importFile(clientOf(api.url), new TextEncoder().encode(table), {
      fileName: "refused.csv",
      accept: () => false,
      onProgress({ id, state }) {
        if (state === "INSPECTING") void carryOutImport(api, id);
      },
    });
    await expect(refused).rejects.toMatchObject({ code: "REFUSED" });
    expect(await api.database.connection.run.findMany({ select: { name: true }, orderBy: { number: "asc" } })).toEqual([
      { name: "first" },
      { name: "second" },
    ]);
  });
});
