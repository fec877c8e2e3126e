/** `pareidolia api`: sends any GraphQL document, and follows the pages of a list. */
import { readFile } from "node:fs/promises";
import { PareidoliaError } from "@pareidolia/client/errors";
import { type ReadDocument, readDocument } from "@pareidolia/client/readDocument";
import type { Command } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError, DocumentFailure } from "../failure.ts";
import { readVariables } from "../readVariables.ts";

interface ApiOptions {
  readonly variables?: string;
  readonly operation?: string;
  readonly paginate?: boolean;
  readonly slurp?: boolean;
}

type Variables = Readonly<Record<string, unknown>>;

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** The first `pageInfo` of the answer, in the order of the document. */
function findPageInfo(value: unknown): PageInfo | null {
  if (typeof value !== "object" || value === null) return null;
  const { pageInfo } = value as { readonly pageInfo?: unknown };
  if (typeof pageInfo === "object" && pageInfo !== null && "hasNextPage" in pageInfo && "endCursor" in pageInfo)
    return pageInfo as PageInfo;
  for (const each of Object.values(value)) {
    const found = findPageInfo(each);
    if (found !== null) return found;
  }
  return null;
}

function checkKind({ kinds }: ReadDocument, { operation }: ApiOptions): void {
  if (operation === undefined && kinds.length > 1)
    throw new CliError("usage", "The document has several operations. Name one with --operation.");
  if (kinds.length === 1 && kinds[0] === "subscription")
    throw new CliError("usage", "Subscriptions cannot be sent. Follow runs and sweeps with `pareidolia watch`.");
}

/** Sends the document with these variables; of an answer that failed in part, the rest is given to `print`. */
async function send(
  { client, terminal }: Context,
  document: string,
  { kinds }: ReadDocument,
  variables: Variables,
  { operation }: ApiOptions,
  print: (data: unknown) => Promise<void>,
): Promise<unknown> {
  const sent = { signal: terminal.signal, ...(operation === undefined ? {} : { operationName: operation }) };
  // The client sends both alike, but repeats only queries.
  const request = kinds.includes("mutation") ? client.mutate : client.query;
  return request(document, variables, sent).catch(async (error: unknown) => {
    if (error instanceof PareidoliaError && error.data !== null) await print(error.data);
    throw new DocumentFailure(error);
  });
}

async function* readPages(variables: Variables, read: (variables: Variables) => Promise<unknown>): AsyncGenerator<unknown> {
  for (let endCursor = variables["endCursor"] ?? null; ; ) {
    const data = await read({ ...variables, endCursor });
    const pageInfo = findPageInfo(data);
    if (pageInfo === null) throw new CliError("usage", "To follow pages, select `pageInfo { hasNextPage endCursor }` of the list.");
    yield data;
    // A document that does not pass `$endCursor` on would get the same page forever.
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null || pageInfo.endCursor === endCursor) return;
    ({ endCursor } = pageInfo);
  }
}

async function api(context: Context, options: ApiOptions, file = ""): Promise<void> {
  const document = file === "-" ? await context.terminal.readInput() : await readFile(file, "utf8");
  const read = readDocument(document);
  checkKind(read, options);
  const variables = await readVariables(options.variables);
  const print = (data: unknown) => context.print({ json: data, text: () => `${JSON.stringify(data, null, 2)}\n` });
  if (options.paginate !== true) {
    if (options.slurp === true) throw new CliError("usage", "--slurp joins the pages of --paginate. Give both.");
    return print(await send(context, document, read, variables, options, print));
  }
  if (read.kinds.includes("mutation")) throw new CliError("usage", "Only a query has pages to follow.");
  if (!read.variableTypes.has("endCursor"))
    throw new CliError("usage", "To follow pages, declare `$endCursor: String`, and pass it to the list as `after: $endCursor`.");
  const pages = readPages(variables, (given) => send(context, document, read, given, options, context.printLine));
  if (options.slurp !== true) {
    for await (const page of pages) await context.printLine(page);
    return;
  }
  const all: unknown[] = [];
  for await (const page of pages) all.push(page);
  await print(all);
}

export function addApi(program: Command, { run }: CommandHost): void {
  program
    .command("api")
    .description("Send a GraphQL query or mutation, and print the answer's data as JSON.")
    .argument("<file>", "file with the document; - for standard input")
    .option("--variables <json>", "variables of the document: JSON, or @FILE")
    .option("--operation <name>", "operation of the document, if it has several")
    .option("--paginate", "follow all pages of the list whose `after` is $endCursor, and print each on a line")
    .option("--slurp", "with --paginate: print one array of all pages")
    .addHelpText(
      "after",
      examples(
        `api document.graphql --variables '{"id":"RUN-142"}'`,
        "api runs.graphql --paginate --jq '.runs.nodes[].key'",
        "api runs.graphql --paginate --slurp > runs.json",
      ),
    )
    .action(run<ApiOptions>(api));
}
