/** Downloads of a wheel from a local package index. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { downloadWheel } from "@pareidolia/launcher/tensorflow/downloadWheel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { skippedFor } from "../../../support/skippedFor.ts";

const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251));
const sha256 = createHash("sha256").update(bytes).digest("hex");
const wheel = { project: "tiny", filename: "tiny-1.whl", bytes: bytes.length, sha256, keep: ["tiny/"], unpackedBytes: 100 };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let index: string;
let folder: string;
let offered: string;
let ranges: (string | undefined)[];
let sendFile: Answer;

const sendRange: Answer = ({ headers }, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200).end(bytes.subarray(start));
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-wheel-"));
  [offered, ranges, sendFile] = [sha256, [], sendRange];
  server = createServer((request, response) => {
    if (request.url === "/simple/tiny/") {
      response.end(JSON.stringify({ files: [{ filename: "tiny-1.whl", url: "../../files/tiny-1.whl", hashes: { sha256: offered } }] }));
    } else if (request.url === "/files/tiny-1.whl") {
      ranges.push(request.headers.range);
      sendFile(request, response);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const download = (options: { index?: string; signal?: AbortSignal; progress?: (detail: string) => void } = {}) =>
  downloadWheel(wheel, { folder, index, signal: new AbortController().signal, progress: () => undefined, ...options });
const part = () => path.join(folder, "tiny-1.whl.part");

describe("a wheel", () => {
  it("is downloaded once, with progress", async () => {
    const details: string[] = [];
    const file = await download({ progress: (detail) => details.push(detail) });
    expect(await readFile(file)).toStrictEqual(bytes);
    expect(details.at(-1)).toBe("tiny: checking its SHA-256");
    expect(await download()).toBe(file);
    expect(ranges).toStrictEqual([undefined]);
    expect(existsSync(part())).toBe(false);
  });

  it("resumes after a broken connection", async () => {
    let breakOff = (): void => undefined;
    sendFile = (_, response) => {
      breakOff = () => response.destroy();
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 20_000));
    };
    await expect(download({ progress: () => breakOff() })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("run the same command again to resume"),
    });
    const have = (await readFile(part())).length;
    expect(have).toBeGreaterThan(0);
    sendFile = sendRange;
    expect(await readFile(await download())).toStrictEqual(bytes);
    expect(ranges.at(-1)).toBe(`bytes=${have}-`);
  });

  it("restarts if the server ignores ranges", async () => {
    await writeFile(part(), bytes.subarray(0, 100));
    sendFile = (_, response) => response.end(bytes);
    expect(await readFile(await download())).toStrictEqual(bytes);
  });

  it("is downloaded again from the start if the partial file is corrupt", async () => {
    await writeFile(part(), Buffer.alloc(1000));
    expect(await readFile(await download())).toStrictEqual(bytes);
    expect(ranges).toStrictEqual(["bytes=1000-", undefined]);
  });

  it("with another hash is rejected and deleted", async () => {
    sendFile = (_, response) => response.end(Buffer.alloc(bytes.length));
    await expect(download()).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining(sha256) });
    expect(existsSync(part())).toBe(false);
    expect(existsSync(path.join(folder, "tiny-1.whl"))).toBe(false);
  });

  it("is not downloaded if the index lists another hash", async () => {
    offered = "0".repeat(64);
    await expect(download()).rejects.toMatchObject({
      code: "CORRUPT_DATA",
      message: expect.stringContaining("tiny-1.whl with another hash"),
    });
    expect(ranges).toStrictEqual([]);
  });

  it("is rejected once it exceeds the expected size", async () => {
    sendFile = (_, response) => response.end(Buffer.alloc(bytes.length * 4));
    await expect(download()).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining("more than the 50000 bytes") });
  });

  it("fails with advice if the index is unreachable, lacks it or answers without JSON", async () => {
    const missing = { code: "UNAVAILABLE", message: expect.stringContaining("the server answered 404") };
    await expect(download({ index: `${index}/elsewhere` })).rejects.toMatchObject(missing);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(download()).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringMatching(
        new RegExp(`^Could not download from 127.0.0.1:${port} .*ECONNREFUSED.*Check the internet connection`),
      ),
    });
    server = createServer((_, response) => response.end("<html></html>"));
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    await expect(download()).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("PIP_INDEX_URL") });
  });

  it("stops on abort", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    sendFile = (_, response) => {
      response.writeHead(200);
      response.write(bytes.subarray(0, 10), () => controller.abort(reason));
    };
    await expect(download({ signal: controller.signal })).rejects.toBe(reason);
  });

  it("reports a full disk", skippedFor(existsSync("/dev/full") ? null : "no /dev/full"), async () => {
    const { symlink } = await import("node:fs/promises");
    await symlink("/dev/full", part());
    await expect(download()).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("The disk is full") });
  });
});
