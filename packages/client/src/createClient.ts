/** A client of Pareidolia's GraphQL API: typed queries, mutations, pages, subscriptions, downloads and uploads. */
import { type Downloaded, type DownloadOptions, downloadBytes, downloadToFile, downloadToStream } from "./files/download.ts";
import { finishUpload } from "./files/finishUpload.ts";
import { openSource, postFile, type UploadOptions, type UploadSource } from "./files/upload.ts";
import { type ArrivedParts, findArrived, hashParts, multipartThreshold, type PartsOptions, sendParts } from "./files/uploadParts.ts";
import { requestUpload, uploads } from "./generated/operations.ts";
import type { Connection } from "./http/connection.ts";
import { type OperationOptions, sendOperation } from "./http/sendOperation.ts";
import { Throttle } from "./http/throttle.ts";
import { openEventStreams } from "./live/eventStream.ts";
import { follow, type SubscribeOptions } from "./live/follow.ts";
import { openSocketSubscriptions, type WebSocketConstructor } from "./live/webSocket.ts";
import { type Connected, type ConnectedNodes, readPages } from "./pages.ts";
import { PareidoliaError, successOf } from "./pareidoliaError.ts";
import { readDocument } from "./readDocument.ts";
import type { TypedDocument, UntypedText, VariablesOf } from "./typedDocument.ts";

export interface ClientOptions {
  /** Address of the API, such as `https://lab.example/graphql`; `/graphql` may be left out. */
  readonly url: string;
  /** An API key, such as `pdl_...`. Without one, a page of the server itself is authenticated by its cookie, and other programs are visitors. */
  readonly token?: string | undefined;
  /** Default: the global fetch. */
  readonly fetch?: typeof fetch | undefined;
  /** Sends all subscriptions over one WebSocket of this class instead of an event stream for each: for pages that follow many. */
  readonly webSocket?: WebSocketConstructor | undefined;
  /** The header User-Agent; browsers send their own. */
  readonly userAgent?: string | undefined;
  /** How often a request that failed for a temporary reason is sent again. Default: 4. */
  readonly retries?: number | undefined;
  /** How long to wait for an answer. Default: 60. */
  readonly timeoutSeconds?: number | undefined;
}

type AnyVariables = Readonly<Record<string, unknown>>;

export interface Client {
  /** Sends a query. @throws PareidoliaError */
  query<Data, Variables>(document: TypedDocument<Data, Variables>, ...rest: VariablesOf<Variables, OperationOptions>): Promise<Data>;
  query<Data = unknown>(document: UntypedText, variables?: AnyVariables, options?: OperationOptions): Promise<Data>;
  /**
   * Sends a mutation. An input that takes an idempotency key gets one, so that the mutation happens once even if its answer is lost.
   * `successOf` turns the errors in its payload into a PareidoliaError, too. @throws PareidoliaError
   */
  mutate<Data, Variables>(document: TypedDocument<Data, Variables>, ...rest: VariablesOf<Variables, OperationOptions>): Promise<Data>;
  mutate<Data = unknown>(document: UntypedText, variables?: AnyVariables, options?: OperationOptions): Promise<Data>;
  /** Reads a connection page by page. The document passes `$after`, and `pick` finds the connection in its data. */
  pages<Data, Variables, Page extends Connected>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    pick: (data: Data) => Page,
    options?: OperationOptions,
  ): AsyncGenerator<Page, void, void>;
  pages<Data, Page extends Connected>(
    document: UntypedText,
    variables: AnyVariables,
    pick: (data: Data) => Page,
    options?: OperationOptions,
  ): AsyncGenerator<Page, void, void>;
  /** Reads the nodes of a connection one by one, over all its pages. */
  nodes<Data, Variables, Node>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    pick: (data: Data) => ConnectedNodes<Node>,
    options?: OperationOptions,
  ): AsyncGenerator<Node, void, void>;
  nodes<Data, Node>(
    document: UntypedText,
    variables: AnyVariables,
    pick: (data: Data) => ConnectedNodes<Node>,
    options?: OperationOptions,
  ): AsyncGenerator<Node, void, void>;
  /** Follows a subscription over lost connections, without missing events of numbered ones. */
  subscribe<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    ...rest: VariablesOf<Variables, SubscribeOptions>
  ): AsyncGenerator<Data, void, void>;
  subscribe<Data = unknown>(document: UntypedText, variables?: AnyVariables, options?: SubscribeOptions): AsyncGenerator<Data, void, void>;
  /** Downloads an address of the API, or a signed one, into memory, to a path (in Node) or into a stream. @throws PareidoliaError */
  download(
    url: string,
    destination?: undefined,
    options?: DownloadOptions,
  ): Promise<Downloaded & { readonly bytes: Uint8Array<ArrayBuffer> }>;
  download(url: string, destination: string | WritableStream<Uint8Array>, options?: DownloadOptions): Promise<Downloaded>;
  /**
   * Uploads a file, a path (in Node) or bytes, and returns the finished upload. A large import is sent in parts: if it is interrupted, the
   * same call within a day sends only the missing parts. @throws PareidoliaError
   */
  upload(file: UploadSource, options: UploadOptions): Promise<FinishedUpload>;
}

export interface FinishedUpload {
  readonly id: string;
  readonly sha256: string | null;
  readonly byteLength: number;
}

function addressOf(given: string): URL {
  // A page may give a path of its own server.
  const page = (globalThis as { readonly location?: { readonly href: string } }).location?.href;
  const url = new URL(given, page);
  if (url.pathname === "/") url.pathname = "/graphql";
  return url;
}

export function createClient(options: ClientOptions): Client {
  const connection: Connection = {
    url: addressOf(options.url),
    // Browsers refuse a fetch that is called on another object.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    token: options.token ?? null,
    userAgent: options.userAgent ?? null,
    retries: options.retries ?? 4,
    throttle: new Throttle(),
    timeoutSeconds: options.timeoutSeconds ?? 60,
  };
  const open = options.webSocket === undefined ? openEventStreams(connection) : openSocketSubscriptions(connection, options.webSocket);

  const send =
    (kind: "query" | "mutation") =>
    async (document: unknown, variables: unknown = {}, sent: OperationOptions = {}): Promise<never> =>
      // The caller states the type of the data, as the document does.
      (await sendOperation(connection, kind, readDocument(document), variables as AnyVariables, sent)) as never;
  const query = send("query");
  const mutate = send("mutation");

  function pages(document: unknown, variables: unknown, pick: (data: never) => Connected, sent: OperationOptions = {}) {
    const read = readDocument(document);
    if (!read.variableTypes.has("after")) throw new TypeError("A document of `pages` passes the variable `$after` to its connection.");
    return readPages((page) => query(document, page, sent), variables as AnyVariables, pick);
  }

  async function* nodes(document: unknown, variables: unknown, pick: (data: never) => ConnectedNodes<never>, sent?: OperationOptions) {
    for await (const page of pages(document, variables, pick, sent)) yield* (page as ConnectedNodes<never>).nodes;
  }

  function subscribe(document: unknown, variables: unknown = {}, sent: SubscribeOptions = {}) {
    return follow(open, readDocument(document), variables as AnyVariables, connection.retries, sent) as AsyncGenerator<never, void, void>;
  }

  function download(url: string, destination?: string | WritableStream<Uint8Array>, given: DownloadOptions = {}): Promise<never> {
    const address = new URL(url, connection.url);
    if (destination === undefined) return downloadBytes(connection, address, given) as Promise<never>;
    if (typeof destination === "string") return downloadToFile(connection, address, destination, given) as Promise<never>;
    return downloadToStream(connection, address, destination, given) as Promise<never>;
  }

  async function upload(source: UploadSource, { kind, fileName, signal, onProgress }: UploadOptions): Promise<FinishedUpload> {
    const file = await openSource(source, fileName);
    const input = { kind, fileName: file.name, byteLength: file.blob.size };
    const request = async () => successOf((await client.mutate(requestUpload, { input }, { signal })).requestUpload);
    if (kind === "IMPORT" && input.byteLength >= multipartThreshold) return uploadParts(input, file.blob, { signal, onProgress }, request);
    const requested = await request();
    await postFile(connection, requested.form, file, signal);
    return finishUpload(connection, { id: requested.upload.id, byteLength: input.byteLength }, signal);
  }

  /** Takes a finished upload of this file that nothing uses yet, continues an unfinished one with this name and size, or requests a new one. */
  async function uploadParts(
    { kind, fileName, byteLength }: { readonly kind: string; readonly fileName: string; readonly byteLength: number },
    blob: Blob,
    options: PartsOptions,
    request: () => Promise<{ readonly upload: { readonly id: string } }>,
  ): Promise<FinishedUpload> {
    const { signal } = options;
    let continued: { readonly id: string; readonly arrived: ArrivedParts } | null = null;
    const { nodes } = (await client.query(uploads, {}, { signal })).uploads;
    const known = nodes.filter((each) => each.kind === kind && each.fileName === fileName && each.byteLength === byteLength);
    const [measured, unfinished] = [known.filter(({ sha256 }) => sha256 !== null), known.filter(({ sha256 }) => sha256 === null)];
    const local = measured.length === 0 ? null : await hashParts(blob, signal);
    const same = measured.find(({ sha256 }) => sha256 === local);
    if (same !== undefined) {
      options.onProgress?.(1);
      return { id: same.id, sha256: same.sha256, byteLength };
    }
    for (const upload of unfinished) {
      const arrived = await findArrived(connection, upload.id, signal);
      if (arrived !== null) continued = { id: upload.id, arrived };
      if (continued !== null) break;
    }
    if (continued === null) {
      const { id } = (await request()).upload;
      const arrived = await findArrived(connection, id, signal);
      if (arrived === null) throw new PareidoliaError("NOT_FOUND", "The upload was deleted before it started. Upload the file again.");
      continued = { id, arrived };
    }
    const sha256 = await sendParts(connection, continued, blob, options);
    const finished = await finishUpload(connection, { id: continued.id, byteLength }, signal);
    if (finished.sha256 !== sha256)
      throw new PareidoliaError(
        "WRONG_HASH",
        "The file changed while it was uploaded, or was damaged: its SHA-256 differs. Upload it again.",
      );
    return finished;
  }

  const client: Client = { query, mutate, pages: pages as Client["pages"], nodes, subscribe, download, upload };
  return client;
}
