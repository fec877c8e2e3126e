/**
 * The contract of posted files: a form accepts one file of its size under its key until it expires, whether a folder, a real S3 server or
 * the API in front of it receives the form.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readMultipartForm } from "@pareidolia/api/upload/multipartForm";
import { AppError } from "@pareidolia/core/appError";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type FormTerms, type PostedFile, postedKey, type UploadForm } from "@pareidolia/persistence/server/objectStores/postedFiles";
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";

const limit = 200_000;
const longest = { longest: limit };

interface Subject {
  readonly name: string;
  open(): Promise<ObjectStore>;
  close(): Promise<void>;
}

let folder: string;
let server: S3Server;

const subjects: readonly Subject[] = [
  {
    name: "folder, through the API",
    async open() {
      folder = await mkdtemp(path.join(tmpdir(), "pareidolia-posted-"));
      return openFolderStore({ folder: path.join(folder, "objects") });
    },
    close: () => rm(folder, { recursive: true }),
  },
  {
    name: "bucket, through the API",
    async open() {
      server = await startS3Server();
      return openS3Store({ ...server, bucket: freshBucket() });
    },
    close: async () => undefined,
  },
  {
    name: "bucket, directly",
    open: () => openS3Store({ ...server, publicEndpoint: server.endpoint, bucket: freshBucket() }),
    close: () => server.stop(),
  },
];

/** What the API does with a form, without a database. */
function startApi(store: ObjectStore): Promise<Server> {
  const receiving = createServer((incoming, response) => {
    const receive = async (): Promise<void> => {
      const { fields, file } = await readMultipartForm(incoming, incoming.headers["content-type"]);
      await store.posted.receive(await store.posted.verify(fields), file);
    };
    receive().then(
      () => response.writeHead(204).end(),
      (error: unknown) => {
        const status = error instanceof AppError && error.code !== "UNAVAILABLE" ? 400 : 500;
        response.writeHead(status, { connection: "close" }).end(String(error));
      },
    );
  });
  return new Promise((resolve) => receiving.listen(0, "127.0.0.1", () => resolve(receiving)));
}

function sample(length: number): { readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string } {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function termsOf(change: Partial<FormTerms> = {}): FormTerms {
  return { id: randomUUID(), byteLength: limit, expiresAt: new Date(Date.now() + 60_000), ...change };
}

for (const { name, open, close } of subjects)
  describe(`a ${name}`, skippedFor(name.startsWith("bucket") ? withoutS3 : null), () => {
    let store: ObjectStore;
    let api: Server;
    beforeAll(async () => {
      store = await open();
      api = await startApi(store);
    }, 120_000);
    afterAll(async () => {
      api.close();
      await close();
    }, 60_000);

    const addressOf = ({ url }: UploadForm) => new URL(url, `http://127.0.0.1:${(api.address() as AddressInfo).port}`);
    const post = async (form: UploadForm, bytes: Uint8Array<ArrayBuffer>): Promise<number> => {
      const data = new FormData();
      for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
      data.append("file", new Blob([bytes]), "file.bin");
      // The client stops sending as soon as the server has refused.
      const answer = await fetch(addressOf(form), { method: "POST", body: data }).catch(() => null);
      await answer?.body?.cancel();
      return answer?.status ?? 400;
    };
    const isRefused = (status: number) => status >= 400 && status < 500;
    const find = async (id: string): Promise<PostedFile | null> => {
      for await (const file of store.posted.list()) if (file.id === id) return file;
      return null;
    };

    it("accepts a file of exactly the size of the form, and keeps it under the hash of its bytes", async () => {
      const terms = termsOf();
      const { bytes, sha256 } = sample(limit);
      const status = await post(await store.posted.presign(terms), bytes);
      expect(status).toBe(204);
      expect(await find(terms.id)).toMatchObject({ byteLength: limit });
      expect(await store.has(fileKey(sha256))).toBe(false);
      expect(await store.posted.keep(terms.id, longest)).toEqual({ sha256, byteLength: limit });
      expect(Buffer.compare(await store.get(fileKey(sha256)), bytes)).toBe(0);
      expect(Buffer.compare((await store.posted.read(terms.id)) as Uint8Array, bytes)).toBe(0);
      await store.posted.discard(terms.id);
      expect([await find(terms.id), await store.posted.read(terms.id)]).toEqual([null, null]);
      expect(await store.has(fileKey(sha256))).toBe(true);
    });

    it.each([
      ["one byte more", 1],
      ["one byte less", -1],
      ["much more", 5_000_000],
    ])("refuses a file with %s, and stores nothing", async (_words, more) => {
      const terms = termsOf();
      expect(isRefused(await post(await store.posted.presign(terms), sample(limit + more).bytes))).toBe(true);
      expect(await find(terms.id)).toBeNull();
      expect(await store.posted.keep(terms.id, longest)).toBeNull();
    });

    it("refuses a form that has expired", async () => {
      const terms = termsOf({ expiresAt: new Date(Date.now() + 1_000) });
      const form = await store.posted.presign(terms);
      await sleep(1_100);
      expect(isRefused(await post(form, sample(limit).bytes))).toBe(true);
      expect(await find(terms.id)).toBeNull();
    });

    it("refuses a form with another key: of another upload, of an object, or of a path outside", async () => {
      const terms = termsOf();
      const { fields, url } = await store.posted.presign(terms);
      const other = randomUUID();
      const keys = [postedKey(other), fileKey("0".repeat(64)), "../outside", `uploads/../${terms.id}`, "", "store-marker"];
      for (const key of keys) expect(isRefused(await post({ url, fields: { ...fields, key } }, sample(limit).bytes)), key).toBe(true);
      for (const id of [terms.id, other]) expect(await find(id)).toBeNull();
      expect(await store.has(fileKey("0".repeat(64)))).toBe(false);
    });

    it("refuses a form whose policy or signature is changed, missing or from another form", async () => {
      const terms = termsOf();
      const { fields, url } = await store.posted.presign(terms);
      const signature = Object.keys(fields).find((name) => name.endsWith("signature")) ?? "";
      const policy = Buffer.from(fields["policy"] ?? "", "base64").toString("utf8");
      const larger = Buffer.from(policy.replaceAll(String(limit), "9000000")).toString("base64");
      const { fields: others } = await store.posted.presign(termsOf({ byteLength: 9_000_000 }));
      const { [signature]: own = "", ...unsigned } = fields;
      const swapped = `${own.startsWith("0") ? "1" : "0"}${own.slice(1)}`;
      const changes = [
        { ...fields, policy: larger },
        { ...fields, policy: others["policy"] ?? "" },
        { ...fields, [signature]: swapped },
        { ...fields, [signature]: "" },
        unsigned,
        {},
        { ...fields, added: "field" },
      ];
      for (const changed of changes) expect(isRefused(await post({ url, fields: changed }, sample(limit).bytes))).toBe(true);
      expect(await find(terms.id)).toBeNull();
    });

    it("accepts a form again until it expires, and the last file counts; what was kept before does not change", async () => {
      const terms = termsOf();
      const form = await store.posted.presign(terms);
      const [first, second] = [sample(limit), sample(limit)];
      expect(await post(form, first.bytes)).toBe(204);
      expect(await store.posted.keep(terms.id, longest)).toMatchObject({ sha256: first.sha256 });
      expect(await post(form, second.bytes)).toBe(204);
      expect(await store.posted.keep(terms.id, longest)).toMatchObject({ sha256: second.sha256 });
      expect(Buffer.compare(await store.get(fileKey(first.sha256)), first.bytes)).toBe(0);
    });

    it("stores nothing when the connection is cut", async () => {
      const terms = termsOf();
      const form = await store.posted.presign(terms);
      const fields = Object.entries(form.fields).map(
        ([name, value]) => `--cut\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      const head = `${fields.join("")}--cut\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n`;
      const length = Buffer.byteLength(head) + limit + Buffer.byteLength("\r\n--cut--\r\n");
      const headers = { "content-type": "multipart/form-data; boundary=cut", "content-length": length };
      await new Promise<void>((resolve) => {
        const sent = request(addressOf(form), { method: "POST", headers, agent: false });
        sent.on("error", () => undefined);
        sent.on("close", resolve);
        sent.write(head);
        sent.write(randomBytes(limit / 2), () => setTimeout(() => sent.destroy(), 50));
      });
      await sleep(200);
      expect(await find(terms.id)).toBeNull();
      expect(await store.posted.keep(terms.id, longest)).toBeNull();
    });

    it("keeps posted files apart from objects, and discards one that is absent without an error", async () => {
      const terms = termsOf();
      expect(await post(await store.posted.presign(terms), sample(limit).bytes)).toBe(204);
      const keys: string[] = [];
      for await (const { key } of store.list()) keys.push(key);
      expect(keys.filter((key) => key.includes(terms.id))).toEqual([]);
      await store.posted.discard(randomUUID());
      for (const wrong of ["../objects", "", "UPPER"])
        await expect(store.posted.discard(wrong)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    });
  });

describe("a bucket that browsers reach", skippedFor(withoutS3), () => {
  beforeAll(async () => {
    server = await startS3Server();
  }, 120_000);
  afterAll(() => server.stop(), 60_000);

  it("gets a CORS rule that lets pages of any origin post, and only post", async () => {
    const bucket = freshBucket();
    const store = await openS3Store({ ...server, publicEndpoint: server.endpoint, bucket });
    const { url } = await store.posted.presign(termsOf());
    const ask = (method: string) =>
      fetch(url, { method: "OPTIONS", headers: { origin: "https://lab.example", "access-control-request-method": method } });
    const allowed = await ask("POST");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
      200,
      expect.stringMatching(/^(\*|https:\/\/lab\.example)$/),
    ]);
    for (const method of ["GET", "PUT", "DELETE"]) expect((await ask(method)).status, method).toBe(403);
  });
});
