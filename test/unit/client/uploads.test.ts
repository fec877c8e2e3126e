/** How the client finishes an upload that the API measures for longer than a request may take, and which uploads it uses again. */
import { createHash } from "node:crypto";
import { type ClientOptions, createClient } from "@pareidolia/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const requestSeconds = 20;
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const unavailable = { errors: [{ message: "The operation took too long.", extensions: { code: "UNAVAILABLE" } }] };

interface KnownUpload {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly byteLength: number;
  readonly sha256: string | null;
}

interface TestServer {
  /** Seconds from the first `finishUpload` until the file is measured; null for never. */
  readonly measured?: number | null;
  readonly known?: readonly KnownUpload[];
  /** Whether finishing fails without an answer. */
  readonly isLost?: boolean;
}

/** An API with the uploads `known`, which carries out requests with one idempotency key once. */
function clientWith(bytes: Uint8Array, { measured = 0, known = [], isLost = false }: TestServer, options: Partial<ClientOptions> = {}) {
  const sent: string[] = [];
  const keys = new Set<string>();
  let startedAt: number | null = null;
  async function finish(id: string, key: string): Promise<object> {
    if (isLost) throw new TypeError("fetch failed");
    startedAt ??= Date.now();
    const failure = { __typename: "ConflictError", code: "CONFLICT", message: "It is still being carried out." };
    if (keys.has(key)) return { data: { finishUpload: failure } };
    keys.add(key);
    const wait = measured === null ? Number.POSITIVE_INFINITY : startedAt + measured * 1_000 - Date.now();
    await new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(0, wait), requestSeconds * 1_000)));
    if (wait > requestSeconds * 1_000) return unavailable;
    const upload = { id, sha256: sha256Of(bytes), byteLength: bytes.length };
    return { data: { finishUpload: { __typename: "FinishUploadSuccess", upload } } };
  }
  async function answer({ pathname }: URL, body: unknown): Promise<object> {
    if (pathname.endsWith("/parts")) return { partBytes: bytes.length, partCount: 1, sha256s: [] };
    if (pathname !== "/graphql") return { sha256: sha256Of(bytes) };
    const { query, variables } = JSON.parse(body as string);
    if (query.includes("query Uploads")) return { data: { uploads: { nodes: known } } };
    if (query.includes("finishUpload(")) return finish(variables.input.uploadId, variables.input.idempotencyKey);
    const form = { url: "/uploads", fields: [] };
    return { data: { requestUpload: { __typename: "RequestUploadSuccess", upload: { id: "new" }, form } } };
  }
  const fetch = async (url: URL, { body }: RequestInit): Promise<Response> => {
    sent.push(url.pathname === "/graphql" ? (/\b(uploads|requestUpload|finishUpload)\(/.exec(body as string)?.[1] ?? "") : url.pathname);
    return new Response(JSON.stringify(await answer(url, body)));
  };
  return { client: createClient({ url: "https://lab.example", fetch: fetch as typeof globalThis.fetch, ...options }), sent };
}

/** Lets timers run until the promise is settled, and resolves with its result or error, and the seconds that it took. */
async function timed<T>(promise: Promise<T>): Promise<{ readonly result: unknown; readonly seconds: number }> {
  const settled = promise.then(
    (value): unknown => value,
    (error: unknown) => error,
  );
  let isSettled = false;
  void settled.then(() => {
    isSettled = true;
  });
  while (!isSettled) await vi.advanceTimersByTimeAsync(500);
  return { result: await settled, seconds: Date.now() / 1_000 };
}

it("finishes an upload that the API measures for minutes, each time with another idempotency key", async () => {
  const bytes = new Uint8Array(100);
  const { client, sent } = clientWith(bytes, { measured: 200 });
  const { result, seconds } = await timed(client.upload(bytes, { kind: "MODEL", fileName: "net.onnx" }));
  expect(result).toMatchObject({ id: "new", sha256: sha256Of(bytes) });
  expect(sent.filter((each) => each === "finishUpload").length).toBeGreaterThan(5);
  expect(seconds).toBeLessThan(210);
});

it("gives up on a file that is never measured, later for a larger file, and on a server that does not answer after its retries", async () => {
  const finishing = async (size: number, server: TestServer) => {
    vi.setSystemTime(0);
    const file = Object.defineProperty(new Blob(["a"]), "size", { value: size });
    return timed(clientWith(new Uint8Array(1), server).client.upload(file, { kind: "PHOTO", fileName: "photo.png" }));
  };
  const small = await finishing(100, { measured: null });
  expect(small.result).toMatchObject({ code: "UNAVAILABLE" });
  expect(small.seconds).toBeGreaterThan(300);
  expect(small.seconds).toBeLessThan(340);
  const gigabytes = await finishing(20e9, { measured: null });
  expect(gigabytes.result).toMatchObject({ code: "UNAVAILABLE" });
  expect(gigabytes.seconds).toBeGreaterThan(3_600);
  const lost = await finishing(100, { isLost: true });
  expect(lost.result).toMatchObject({ code: "NETWORK" });
  expect(lost.seconds).toBeLessThan(30);
});

const large = new Uint8Array(16 * 1024 * 1024).fill(7);
const importOf = { kind: "IMPORT", fileName: "results.zip" } as const;
const finished = { ...importOf, id: "finished", byteLength: large.length };

it("uses a finished upload of the same file that nothing uses yet, and sends nothing", async () => {
  const known = [
    { ...finished, id: "other", sha256: "0".repeat(64) },
    { ...finished, sha256: sha256Of(large) },
  ];
  const { client, sent } = clientWith(large, { known });
  const { result } = await timed(client.upload(large, importOf));
  expect(result).toEqual({ id: "finished", sha256: sha256Of(large), byteLength: large.length });
  expect(sent).toEqual(["uploads"]);
});

it("sends a file whose finished upload has another hash or name", async () => {
  const known = [
    { ...finished, sha256: "0".repeat(64) },
    { ...finished, fileName: "others.zip", sha256: sha256Of(large) },
  ];
  const { client, sent } = clientWith(large, { known });
  expect((await timed(client.upload(large, importOf))).result).toMatchObject({ id: "new" });
  expect(sent).toEqual(["uploads", "requestUpload", "/uploads/new/parts", "/uploads/new/parts/0", "finishUpload"]);
});
