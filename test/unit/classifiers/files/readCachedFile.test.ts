import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type CachedFile, type DownloadProgress, readCachedFile } from "@pareidolia/classifiers/files/readCachedFile";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { skippedFor } from "../../../support/skippedFor.ts";

const content = new TextEncoder().encode("thirty-two squares of a drawing of nothing ".repeat(4000));
let folder: string;
let servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pareidolia-cache-"));
});

afterEach(async () => {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((done) => {
          server.close(done);
          server.closeAllConnections();
        }),
    ),
  );
  servers = [];
  await rm(folder, { recursive: true, force: true });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

function fileAt(urls: readonly string[], change: Partial<CachedFile> = {}): CachedFile {
  return { path: "data/set/file.bin", urls, compressed: false, sha256: sha256(content), maximumBytes: 2 ** 20, ...change };
}

const read = (file: CachedFile) => readCachedFile(file, { cacheFolder: folder, allowLoopback: true });
const location = () => join(folder, "data", "set", "file.bin");

async function leavePartialOf(text: string): Promise<void> {
  await mkdir(join(folder, "data", "set"), { recursive: true });
  await writeFile(`${location()}.partial`, text);
}

describe("the cache", () => {
  it("downloads an absent file once, with progress, and leaves nothing else in the folder", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.setHeader("content-length", content.length).end(content);
    });
    const seen: DownloadProgress[] = [];
    const file = fileAt([url]);
    const first = await readCachedFile(file, { cacheFolder: folder, allowLoopback: true, onProgress: (progress) => seen.push(progress) });
    expect(Buffer.from(first).equals(content)).toBe(true);
    expect(seen.at(-1)).toEqual({ path: file.path, received: content.length, total: content.length });
    expect(Buffer.from(await read(file)).equals(content)).toBe(true);
    expect(requests).toBe(1);
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });

  it("verifies the content of a compressed file, at any compression level", async () => {
    const file = fileAt([], { compressed: true });
    await mkdir(join(folder, "data", "set"), { recursive: true });
    for (const level of [1, 9]) {
      await writeFile(location(), gzipSync(content, { level }));
      expect(Buffer.from(await read(file)).equals(content)).toBe(true);
    }
  });

  it("refuses a file that grows past its limit when uncompressed", async () => {
    const huge = new Uint8Array(3 * 2 ** 20);
    const url = await serve((_, response) => response.end(gzipSync(huge)));
    await expect(read(fileAt([url], { compressed: true, sha256: sha256(huge) }))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });

  it("uses the next mirror if one is gone and one sends wrong content, which it never stores", async () => {
    const gone = await serve((_, response) => response.writeHead(404).end("gone"));
    const dishonest = await serve((_, response) => response.end("something else"));
    const honest = await serve((_, response) => response.end(content));
    expect(Buffer.from(await read(fileAt([gone, dishonest, honest]))).equals(content)).toBe(true);
    expect(Buffer.from(await readFile(location())).equals(content)).toBe(true);
  });

  it("gives the expected hash and stores nothing if every mirror has wrong content", async () => {
    const dishonest = await serve((_, response) => response.end("something else"));
    await expect(read(fileAt([dishonest]))).rejects.toMatchObject({
      code: "CORRUPT_DATA",
      message: expect.stringContaining(sha256(content)),
    });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("reports a missing network, and where to put the file instead", async () => {
    const error = read(fileAt(["http://127.0.0.1:1/file"]));
    await expect(error).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining(location()) });
  });

  it("rejects a truncated download", async () => {
    const url = await serve((request, response) => {
      response.setHeader("content-length", content.length).write(content.subarray(0, 1000), () => request.socket.destroy());
    });
    await expect(read(fileAt([url]))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("stops a download that exceeds the file's maximum size", async () => {
    const url = await serve((_, response) => response.end(new Uint8Array(2 ** 20 + 1)));
    await expect(read(fileAt([url]))).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("larger than") });
  });

  it("refuses an existing file with wrong content, and leaves it in place", async () => {
    await mkdir(join(folder, "data", "set"), { recursive: true });
    await writeFile(location(), "changed by the user");
    await expect(read(fileAt([]))).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining("Delete it") });
    expect(await readFile(location(), "utf8")).toBe("changed by the user");
  });

  it("uses an existing file without writing to its folder", async () => {
    await mkdir(join(folder, "data", "set"), { recursive: true });
    await writeFile(location(), content);
    await chmod(join(folder, "data", "set"), 0o555);
    const before = await stat(join(folder, "data", "set"));
    expect(Buffer.from(await read(fileAt([]))).equals(content)).toBe(true);
    expect((await stat(join(folder, "data", "set"))).mtimeMs).toBe(before.mtimeMs);
  });

  it("names the folder that cannot be written", async () => {
    const url = await serve((_, response) => response.end(content));
    await writeFile(join(folder, "data"), "a file where a folder should be");
    await expect(read(fileAt([url]))).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("PAREIDOLIA_CACHE") });
  });

  it("resumes an interrupted download, and requests only the rest", async () => {
    const ranges: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const rest = content.subarray(start);
      const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
      response.writeHead(start === 0 ? 200 : 206, { etag: '"v1"', "content-length": rest.length, ...(start === 0 ? {} : range) });
      if (ranges.length === 1) response.write(rest.subarray(0, 60_000), () => setTimeout(() => request.socket.destroy(), 200));
      else response.end(rest);
    });
    await expect(read(fileAt([url]))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const partialSize = (await stat(`${location()}.partial`)).size;
    expect(partialSize).toBeGreaterThan(0);
    const seen: DownloadProgress[] = [];
    const whole = await readCachedFile(fileAt([url]), {
      cacheFolder: folder,
      allowLoopback: true,
      onProgress: (progress) => seen.push(progress),
    });
    expect(Buffer.from(whole).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, `bytes=${partialSize}-`]);
    expect(seen[0]?.received).toBeGreaterThan(partialSize);
    expect(seen.at(-1)).toMatchObject({ received: content.length, total: content.length });
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });

  it("starts over if the file has changed on the server (If-Range)", async () => {
    await leavePartialOf("an older version");
    const url = await serve((request, response) => {
      expect(request.headers["if-range"]).toBe('"old"');
      response.setHeader("etag", '"new"').end(content);
    });
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"old"' }));
    expect(Buffer.from(await read(fileAt([url]))).equals(content)).toBe(true);
  });

  it("downloads the whole file again if the resumed content has the wrong hash", async () => {
    await leavePartialOf("not how it begins");
    const requests: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      requests.push(request.headers.range);
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      if (start > 0) response.writeHead(206, { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` });
      response.end(content.subarray(start));
    });
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"v1"' }));
    expect(Buffer.from(await read(fileAt([url]))).equals(content)).toBe(true);
    expect(requests).toEqual(["bytes=17-", undefined]);
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });

  it("downloads the whole file if the partial file is longer than the server's", async () => {
    await leavePartialOf("longer than the file is");
    const url = await serve((request, response) => {
      if (request.headers.range !== undefined) response.writeHead(416).end();
      else response.end(content);
    });
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"v1"' }));
    expect(Buffer.from(await read(fileAt([url]))).equals(content)).toBe(true);
  });

  it("times out if the server sends nothing", async () => {
    const url = await serve((_, response) => response.writeHead(200, { "content-length": 10 }).write("half "));
    const error = readCachedFile(fileAt([url]), { cacheFolder: folder, allowLoopback: true, idleTimeoutSeconds: 0.2 });
    await expect(error).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("sent nothing for 0.2 seconds") });
  });

  it("checks the free disk space before it writes", async () => {
    const huge = 2 ** 52;
    const url = await serve((_, response) => response.writeHead(200, { "content-length": huge }).write("x"));
    await expect(read(fileAt([url], { maximumBytes: huge }))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("has no space for another 4503599627370496 bytes"),
    });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  // A device that is always full simulates a disk that fills up during the download.
  it("names the disk that is full", skippedFor(existsSync("/dev/full") ? null : "no /dev/full"), async () => {
    const url = await serve((_, response) => response.end(content));
    await mkdir(join(folder, "data", "set"), { recursive: true });
    await symlink("/dev/full", `${location()}.partial`);
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"v1"' }));
    await expect(read(fileAt([url]))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining(`disk of ${join(folder, "data", "set")} is full`),
    });
  });

  it("refuses a file by its declared size, before it reads it", async () => {
    const url = await serve((_, response) => response.writeHead(200, { "content-length": 2 ** 30, etag: '"v1"' }).write("x"));
    await expect(read(fileAt([url]))).rejects.toMatchObject({ message: expect.stringContaining("larger than") });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("downloads nothing from private networks, neither from an address nor after a redirect", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(302, { location: "https://192.168.0.1/file" }).end();
    });
    await expect(read(fileAt([url]))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("not a host on the public internet"),
    });
    expect(requests).toBe(1);
    await expect(readCachedFile(fileAt([url]), { cacheFolder: folder })).rejects.toMatchObject({
      message: expect.stringContaining("only https"),
    });
    expect(requests).toBe(1);
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("uses the next mirror if the guard refuses one, and follows redirects that it allows", async () => {
    const honest = await serve((_, response) => response.end(content));
    const redirecting = await serve((_, response) => response.writeHead(302, { location: honest }).end());
    expect(Buffer.from(await read(fileAt(["https://10.0.0.1/file", redirecting]))).equals(content)).toBe(true);
  });

  it("lets two callers download the same file at the same time", async () => {
    const url = await serve((_, response) => response.setHeader("etag", '"v1"').end(content));
    const both = await Promise.all([read(fileAt([url])), read(fileAt([url]))]);
    for (const each of both) expect(Buffer.from(each).equals(content)).toBe(true);
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });
});
