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

function wanted(urls: readonly string[], change: Partial<CachedFile> = {}): CachedFile {
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
    const file = wanted([url]);
    const first = await readCachedFile(file, { cacheFolder: folder, allowLoopback: true, onProgress: (progress) => seen.push(progress) });
    expect(Buffer.from(first).equals(content)).toBe(true);
    expect(seen.at(-1)).toEqual({ path: file.path, received: content.length, total: content.length });
    expect(Buffer.from(await read(file)).equals(content)).toBe(true);
    expect(requests).toBe(1);
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });

  it("checks the content of a compressed file, whatever its wrapper", async () => {
    const file = wanted([], { compressed: true });
    await mkdir(join(folder, "data", "set"), { recursive: true });
    for (const level of [1, 9]) {
      await writeFile(location(), gzipSync(content, { level }));
      expect(Buffer.from(await read(file)).equals(content)).toBe(true);
    }
  });

  it("refuses a file that grows past its limit when uncompressed", async () => {
    const huge = new Uint8Array(3 * 2 ** 20);
    const url = await serve((_, response) => response.end(gzipSync(huge)));
    await expect(read(wanted([url], { compressed: true, sha256: sha256(huge) }))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });

  it("takes the next mirror when one is gone and one lies, and never stores what the liar sent", async () => {
    const gone = await serve((_, response) => response.writeHead(404).end("gone"));
    const liar = await serve((_, response) => response.end("something else"));
    const honest = await serve((_, response) => response.end(content));
    expect(Buffer.from(await read(wanted([gone, liar, honest]))).equals(content)).toBe(true);
    expect(Buffer.from(await readFile(location())).equals(content)).toBe(true);
  });

  it("names both hashes' file and stores nothing when every mirror has another content", async () => {
    const liar = await serve((_, response) => response.end("something else"));
    await expect(read(wanted([liar]))).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining(sha256(content)) });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("says that there is no network, and where to put the file instead", async () => {
    const error = read(wanted(["http://127.0.0.1:1/file"]));
    await expect(error).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining(location()) });
  });

  it("does not take a download that was cut off for a whole one", async () => {
    const url = await serve((request, response) => {
      response.setHeader("content-length", content.length).write(content.subarray(0, 1000), () => request.socket.destroy());
    });
    await expect(read(wanted([url]))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("stops a download that is larger than the file may be", async () => {
    const url = await serve((_, response) => response.end(new Uint8Array(2 ** 20 + 1)));
    await expect(read(wanted([url]))).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("larger than") });
  });

  it("refuses a present file with another content and leaves it for its owner to judge", async () => {
    await mkdir(join(folder, "data", "set"), { recursive: true });
    await writeFile(location(), "changed by somebody");
    await expect(read(wanted([]))).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining("Delete it") });
    expect(await readFile(location(), "utf8")).toBe("changed by somebody");
  });

  it("uses a present file without writing to its folder", async () => {
    await mkdir(join(folder, "data", "set"), { recursive: true });
    await writeFile(location(), content);
    await chmod(join(folder, "data", "set"), 0o555);
    const before = await stat(join(folder, "data", "set"));
    expect(Buffer.from(await read(wanted([]))).equals(content)).toBe(true);
    expect((await stat(join(folder, "data", "set"))).mtimeMs).toBe(before.mtimeMs);
  });

  it("says which folder cannot be written to", async () => {
    const url = await serve((_, response) => response.end(content));
    await writeFile(join(folder, "data"), "a file where a folder should be");
    await expect(read(wanted([url]))).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("PAREIDOLIA_CACHE") });
  });

  it("goes on where a download was cut off, and asks for nothing but the rest", async () => {
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
    await expect(read(wanted([url]))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const kept = (await stat(`${location()}.partial`)).size;
    expect(kept).toBeGreaterThan(0);
    const seen: DownloadProgress[] = [];
    const whole = await readCachedFile(wanted([url]), {
      cacheFolder: folder,
      allowLoopback: true,
      onProgress: (progress) => seen.push(progress),
    });
    expect(Buffer.from(whole).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, `bytes=${kept}-`]);
    expect(seen[0]?.received).toBeGreaterThan(kept);
    expect(seen.at(-1)).toMatchObject({ received: content.length, total: content.length });
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });

  it("begins anew when the file has changed on the server since, as If-Range asks", async () => {
    await leavePartialOf("an older version");
    const url = await serve((request, response) => {
      expect(request.headers["if-range"]).toBe('"old"');
      response.setHeader("etag", '"new"').end(content);
    });
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"old"' }));
    expect(Buffer.from(await read(wanted([url]))).equals(content)).toBe(true);
  });

  it("fetches the whole once more when the parts do not fit together", async () => {
    await leavePartialOf("not how it begins");
    const requests: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      requests.push(request.headers.range);
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      if (start > 0) response.writeHead(206, { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` });
      response.end(content.subarray(start));
    });
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"v1"' }));
    expect(Buffer.from(await read(wanted([url]))).equals(content)).toBe(true);
    expect(requests).toEqual(["bytes=17-", undefined]);
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });

  it("takes the whole where a server has nothing after the part", async () => {
    await leavePartialOf("longer than the file is");
    const url = await serve((request, response) => {
      if (request.headers.range !== undefined) response.writeHead(416).end();
      else response.end(content);
    });
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"v1"' }));
    expect(Buffer.from(await read(wanted([url]))).equals(content)).toBe(true);
  });

  it("gives a silent server up", async () => {
    const url = await serve((_, response) => response.writeHead(200, { "content-length": 10 }).write("half "));
    const error = readCachedFile(wanted([url]), { cacheFolder: folder, allowLoopback: true, patienceSeconds: 0.2 });
    await expect(error).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("sent nothing for 0.2 seconds") });
  });

  it("asks for room on the disk before it fills it", async () => {
    const huge = 2 ** 52;
    const url = await serve((_, response) => response.writeHead(200, { "content-length": huge }).write("x"));
    await expect(read(wanted([url], { maximumBytes: huge }))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("has no room for 4503599627370496 bytes"),
    });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  // A device that is always full stands for a disk that fills up meanwhile.
  it.skipIf(!existsSync("/dev/full"))("says that the disk is full, and which", async () => {
    const url = await serve((_, response) => response.end(content));
    await mkdir(join(folder, "data", "set"), { recursive: true });
    await symlink("/dev/full", `${location()}.partial`);
    await writeFile(`${location()}.partial.json`, JSON.stringify({ url, validator: '"v1"' }));
    await expect(read(wanted([url]))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining(`disk of ${join(folder, "data", "set")} is full`),
    });
  });

  it("refuses a file that says it is too large before it reads it", async () => {
    const url = await serve((_, response) => response.writeHead(200, { "content-length": 2 ** 30, etag: '"v1"' }).write("x"));
    await expect(read(wanted([url]))).rejects.toMatchObject({ message: expect.stringContaining("larger than") });
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("fetches from no private network, whether an address names it or a server leads there", async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      response.writeHead(302, { location: "https://192.168.0.1/file" }).end();
    });
    await expect(read(wanted([url]))).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("not a host on the public internet"),
    });
    expect(asked).toBe(1);
    await expect(readCachedFile(wanted([url]), { cacheFolder: folder })).rejects.toMatchObject({
      message: expect.stringContaining("only https"),
    });
    expect(asked).toBe(1);
    expect(await readdir(join(folder, "data", "set"))).toEqual([]);
  });

  it("goes to the next mirror where the guard refuses one, and follows a redirect that it allows", async () => {
    const honest = await serve((_, response) => response.end(content));
    const leading = await serve((_, response) => response.writeHead(302, { location: honest }).end());
    expect(Buffer.from(await read(wanted(["https://10.0.0.1/file", leading]))).equals(content)).toBe(true);
  });

  it("lets two callers download the same file at once", async () => {
    const url = await serve((_, response) => response.setHeader("etag", '"v1"').end(content));
    const both = await Promise.all([read(wanted([url])), read(wanted([url]))]);
    for (const each of both) expect(Buffer.from(each).equals(content)).toBe(true);
    expect(await readdir(join(folder, "data", "set"))).toEqual(["file.bin"]);
  });
});
