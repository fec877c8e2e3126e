/** Models are fetched from public addresses only: no name, notation, redirect or second resolution leads into our network. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { guardedRequest } from "@pareidolia/classifiers/files/guardedRequest";
import { fetchModel } from "@pareidolia/classifiers/intake/fetchModel";
import { isPublicAddress } from "@pareidolia/server/publicAddress";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

let server: Server;
let port: number;
let requests: string[];
const content = Buffer.alloc(5000, 7);

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const hop = /^\/hop\/(\d+)$/.exec(request.url ?? "");
    const to = /^\/to\?(.*)$/.exec(request.url ?? "");
    if (hop !== null) response.writeHead(302, { location: hop[1] === "0" ? "/file" : `/hop/${Number(hop[1]) - 1}` }).end();
    else if (to !== null) response.writeHead(307, { location: decodeURIComponent(to[1] ?? "") }).end();
    else if (request.url === "/file") response.writeHead(200, { "content-length": content.length }).end(content);
    else if (request.url === "/endless") {
      response.writeHead(200);
      const more = setInterval(() => response.write(Buffer.alloc(1000)), 1);
      response.on("close", () => clearInterval(more));
    } else if (request.url === "/short") {
      response.writeHead(200, { "content-length": 9000 });
      response.write(content, () => response.destroy());
    } else if (request.url === "/packed") response.writeHead(200, { "content-encoding": "gzip" }).end(content);
    else if (request.url === "/silent") response.writeHead(200).flushHeaders();
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  requests = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const local = (path: string) => `http://127.0.0.1:${port}${path}`;
const inTest = { allowLoopback: true, seconds: 5 };
const answering =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("an internal address", () => {
  it.each([
    "http://example.org/model.onnx",
    "ftp://example.org/model.onnx",
    "file:///etc/passwd",
    "data:application/octet-stream;base64,CAg=",
    "gopher://127.0.0.1/",
    "an empty address",
    "https://user:secret@example.org/model.onnx",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://localhost/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:1::1]/",
    "https://[fc00::1]/",
    "https://[fd12:3456::1]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
  ])("is refused: %s", async (address) => {
    await expect(fetchModel(address, { seconds: 5 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(requests).toEqual([]);
  });

  it.each([["10.0.0.1"], ["127.0.0.1"], ["93.184.215.14", "192.168.0.1"], ["::ffff:10.0.0.1"], ["fd00::1"], ["169.254.169.254"]])(
    "is refused when its name resolves to %s",
    async (...addresses) => {
      const response = guardedRequest(`https://models.example.org:${port}/file`, { resolve: answering(...addresses) });
      await expect(response).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect(requests).toEqual([]);
    },
  );

  it("is refused with the same message whether or not its name exists internally", async () => {
    const refusal = (addresses: readonly string[]) =>
      guardedRequest("https://wiki.corp.example/file", { resolve: answering(...addresses) }).then(
        () => "was fetched",
        ({ code, message }: { code: string; message: string }) => `${code} ${message}`,
      );
    expect(await refusal([])).toBe(await refusal(["10.0.0.7"]));
  });

  it("is refused as a redirect", async () => {
    for (const target of [
      "http://10.0.0.1/",
      "https://192.168.0.1/",
      "https://169.254.169.254/",
      "file:///etc/passwd",
      "https://[fd00::1]/",
    ])
      await expect(fetchModel(local(`/to?${encodeURIComponent(target)}`), inTest)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(requests).toHaveLength(5);
  });

  it("cannot be reached by DNS rebinding: the name is resolved once and that address is used", async () => {
    let resolutions = 0;
    const resolve = async () => [{ address: ++resolutions === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    const bytes = await fetchModel(`http://rebinding.invalid:${port}/file`, { ...inTest, resolve });
    expect(resolutions).toBe(1);
    expect(bytes).toHaveLength(content.length);
  });

  it("may be loopback only if a setting allows it, and other hosts never over plain http", async () => {
    await expect(fetchModel(local("/file"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const elsewhere = fetchModel("http://models.example.org/file", { ...inTest, resolve: answering("93.184.215.14") });
    await expect(elsewhere).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(requests).toEqual([]);
  });
});

describe("a fetched model", () => {
  it("arrives with its bytes, over up to five redirects and no more", async () => {
    expect(Buffer.from(await fetchModel(local("/file"), inTest)).equals(content)).toBe(true);
    expect(await fetchModel(local("/hop/4"), inTest)).toHaveLength(content.length);
    await expect(fetchModel(local("/hop/5"), inTest)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("5 times"),
    });
  });

  it.each([
    ["/file", { maximumBytes: 4999 }, "INVALID_INPUT"],
    ["/endless", { maximumBytes: 50_000 }, "INVALID_INPUT"],
    ["/silent", { seconds: 0.3 }, "UNAVAILABLE"],
    ["/short", {}, "UNAVAILABLE"],
    ["/packed", {}, "INVALID_INPUT"],
    ["/missing", {}, "UNAVAILABLE"],
  ] as const)("from %s within %o is refused as %s", async (path, limits, code) => {
    await expect(fetchModel(local(path), { ...inTest, ...limits })).rejects.toMatchObject({ code });
  });
});

it("a request times out while its name is still being resolved", async () => {
  const resolve = () => new Promise<never>(() => undefined);
  await expect(fetchModel("https://models.example.org/file", { seconds: 0.3, resolve })).rejects.toMatchObject({ code: "UNAVAILABLE" });
}, 5_000);

it("the guard classifies addresses of the public internet as public", () => {
  for (const address of ["93.184.215.14", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450::1"])
    expect(isPublicAddress(address), address).toBe(true);
});
