/**
 * Answers the GraphQL requests of a page in place of the API, or changes the API's answers. Playwright's routes would turn off the
 * browser's cache, and every page would fetch and compile a megabyte of scripts again; this pauses the requests to /graphql only.
 */
import type { CDPSession, Page } from "@playwright/test";

interface OperationRequest {
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface OperationAnswer {
  readonly status: number;
  readonly body: string;
}

/** Returns null to leave a request to the answerer before it, and at last to the API. */
type Answerer = (request: OperationRequest, askApi: () => Promise<OperationAnswer>) => Promise<OperationAnswer | null>;

interface Paused {
  readonly requestId: string;
  readonly request: { readonly postData?: string };
  readonly responseStatusCode?: number;
}

class AnsweredPage {
  readonly #session: CDPSession;
  readonly #answerers: Answerer[] = [];
  /** What waits for the API's answer, by request. */
  readonly #asked = new Map<string, (paused: Paused) => void>();

  constructor(session: CDPSession) {
    this.#session = session;
    session.on("Fetch.requestPaused", (paused) => {
      const resolve = this.#asked.get(paused.requestId);
      this.#asked.delete(paused.requestId);
      if (resolve === undefined) void this.#answer(paused).catch(ignorePageGone);
      else resolve(paused);
    });
  }

  async start(): Promise<void> {
    await this.#session.send("Fetch.enable", { patterns: [{ urlPattern: "*/graphql" }] });
  }

  async stop(): Promise<void> {
    await this.#session.detach().catch(() => undefined);
  }

  /** The latest comes first. */
  add(answerer: Answerer): void {
    this.#answerers.unshift(answerer);
  }

  async #answer({ requestId, request }: Paused): Promise<void> {
    const operation = JSON.parse(request.postData ?? "{}") as OperationRequest;
    for (const answerer of this.#answerers) {
      const answer = await answerer(operation, () => this.#askApi(requestId));
      if (answer !== null) return this.#fulfil(requestId, answer);
    }
    await this.#session.send("Fetch.continueRequest", { requestId }).catch(ignoreGone);
  }

  async #askApi(requestId: string): Promise<OperationAnswer> {
    const answered = new Promise<Paused>((resolve) => {
      this.#asked.set(requestId, resolve);
    });
    await this.#session.send("Fetch.continueRequest", { requestId, interceptResponse: true }).catch(ignoreGone);
    const { responseStatusCode } = await answered;
    if (responseStatusCode === undefined) throw new Error("The API did not answer a request whose answer a test changes.");
    const read = this.#session.send("Fetch.getResponseBody", { requestId });
    const { body, base64Encoded } = await read.catch((error: unknown) => Promise.reject(new PageGone({ cause: error })));
    return { status: responseStatusCode, body: base64Encoded ? Buffer.from(body, "base64").toString() : body };
  }

  async #fulfil(requestId: string, { status, body }: OperationAnswer): Promise<void> {
    const answer = {
      requestId,
      responseCode: status,
      responseHeaders: [{ name: "content-type", value: "application/json" }],
      body: Buffer.from(body).toString("base64"),
    };
    await this.#session.send("Fetch.fulfillRequest", answer).catch(ignoreGone);
  }
}

/** The page was closed or left, or has cancelled the request, while the API answered it. */
class PageGone extends Error {
  constructor(options: ErrorOptions) {
    super("The page no longer waits for the answer.", options);
  }
}

function ignorePageGone(error: unknown): void {
  if (!(error instanceof PageGone)) throw error;
}

/** The page may have been left, or have cancelled the request. */
function ignoreGone(): void {}

const answeredPages = new WeakMap<Page, AnsweredPage>();

export async function answerOperations(page: Page, answerer: Answerer): Promise<void> {
  const known = answeredPages.get(page);
  if (known !== undefined) return known.add(answerer);
  const answered = new AnsweredPage(await page.context().newCDPSession(page));
  answeredPages.set(page, answered);
  answered.add(answerer);
  await answered.start();
}

/** The API answers every request again. */
export async function stopAnswering(page: Page): Promise<void> {
  await answeredPages.get(page)?.stop();
  answeredPages.delete(page);
}
