/** Sends random documents to an API process over HTTP and WebSockets, and reports hangs, failures and leaks. */
import { findLeaks } from "../leaks.ts";
import { NoResponse, type PostAnswer, postJson } from "../postJson.ts";
import { openRawSocket, type RawSocket, type Received } from "../rawSocket.ts";
import { type DocumentOptions, type RandomDocument, writeDocument } from "./randomDocument.ts";

interface Finding {
  /** Hang: no response in time. Disconnect: no response because the API ended the connection. Failure: a status of 5xx, or INTERNAL.
   * Leak: internals in the response. */
  readonly what: "hang" | "disconnect" | "failure" | "leak";
  readonly number: number;
  readonly document: RandomDocument;
  readonly answer: string;
}

export interface FuzzReport {
  readonly documents: number;
  readonly findings: readonly Finding[];
  /** By kind of document, the number of responses with only data, only errors, or both. */
  readonly outcomes: Readonly<Record<string, Record<"data" | "partial" | "refused", number>>>;
}

export interface FuzzOptions extends DocumentOptions {
  readonly url: string;
  readonly documents: number;
  isAlive(): boolean;
}

const concurrency = 4;
const hangMilliseconds = 30_000;
/** The wait for the first event of a subscription. */
const eventMilliseconds = 100;
/** One in this many documents uses the socket, if either transport would do. */
const socketInterval = 5;
const operationsPerSocket = 200;
/** In characters; the API closes a socket for a message of more bytes. */
const maxMessageLength = 300_000;

const post = (url: string, { query, variables }: RandomDocument): Promise<PostAnswer> =>
  postJson(`${url}/graphql`, JSON.stringify({ query, variables }), { timeoutMilliseconds: hangMilliseconds });

function hang(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new NoResponse("No response.")), hangMilliseconds).unref());
}

async function answerNext(socket: RawSocket, id: string): Promise<Received> {
  socket.subscribe(id, "{ __typename }");
  const answer = await socket.answer(id);
  await new Promise((resolve) => setTimeout(resolve, eventMilliseconds));
  return answer;
}

/** A socket that is reopened after some operations, as in a long-lived page. */
function createSocketSender(url: string): { send(document: RandomDocument, number: number): Promise<PostAnswer>; close(): Promise<void> } {
  let socket: RawSocket | null = null;
  let sent = 0;
  return {
    async send({ kind, query, variables }, number) {
      if (socket === null || sent++ % operationsPerSocket === 0) {
        await socket?.close();
        socket = await openRawSocket(url);
      }
      const id = String(number);
      socket.subscribe(id, query, variables);
      const answers: Promise<Received>[] = [socket.answer(id)];
      // A subscription may have no events: a socket that answers the next operation does not hang.
      if (kind === "subscription") answers.push(answerNext(socket, `after ${id}`));
      const answer = await Promise.race([...answers, hang()]).catch(async (error: unknown) => {
        // The next operation gets its own socket, so that each connection that the API ends counts once.
        await socket?.close();
        socket = null;
        throw error;
      });
      socket.complete(id);
      return { status: 200, text: JSON.stringify(answer.type === "error" ? { errors: answer.payload } : (answer.payload ?? {})) };
    },
    async close() {
      await socket?.close();
    },
  };
}

function outcomeOf(text: string): "data" | "partial" | "refused" {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (errors === undefined) return "data";
  return data === undefined || data === null ? "refused" : "partial";
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

export async function fuzzApi(options: FuzzOptions): Promise<FuzzReport> {
  const { url, documents, isAlive } = options;
  const findings: Finding[] = [];
  const outcomes: Record<string, Record<"data" | "partial" | "refused", number>> = {};
  let next = 0;

  async function ask(number: number, sender: ReturnType<typeof createSocketSender>): Promise<void> {
    const document = writeDocument(number, options);
    const fitsMessage = JSON.stringify(document).length < maxMessageLength;
    const bySocket = fitsMessage && (document.kind === "subscription" || number % socketInterval === 0);
    const found = (what: Finding["what"], answer: string) => findings.push({ what, number, document, answer: answer.slice(0, 500) });
    let answer: PostAnswer;
    try {
      answer = await (bySocket ? sender.send(document, number) : post(url, document));
    } catch (error) {
      const isLate = error instanceof NoResponse;
      found(isLate ? "hang" : "disconnect", String((error as Error).cause ?? error));
      return;
    }
    const { status, text } = answer;
    if (status >= 500 || text.includes('"INTERNAL"')) found("failure", `${status} ${text}`);
    // The response may quote the document.
    const leak = textsIn(JSON.parse(text))
      .flatMap(findLeaks)
      .find((each) => !JSON.stringify(document).includes(each));
    if (leak !== undefined) found("leak", `${leak} in ${text}`);
    const ofKind = outcomes[document.kind] ?? { data: 0, partial: 0, refused: 0 };
    ofKind[outcomeOf(text)] += 1;
    outcomes[document.kind] = ofKind;
  }

  async function work(): Promise<void> {
    const sender = createSocketSender(url);
    while (next < documents && isAlive()) await ask(next++, sender);
    await sender.close();
  }

  await Promise.all(Array.from({ length: concurrency }, work));
  return { documents: next, findings, outcomes };
}
