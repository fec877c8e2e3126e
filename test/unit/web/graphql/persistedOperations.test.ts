/** The operations that the web application sends by hash, and the manifest that tells the API their texts. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { cacheExchange } from "@urql/exchange-graphcache";
import { type DocumentNode, Kind, parse, print } from "graphql";
import { createClient, fetchExchange, formatDocument } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { persistedExchange } from "../../../../apps/web/src/graphql/client/persistedExchange.ts";
import { update } from "../../../../apps/web/src/graphql/client/update.ts";
import * as generated from "../../../../apps/web/src/graphql/generated/graphql.ts";
import { persistedExtensions } from "../../../../apps/web/src/graphql/persistedOperation.ts";

const web = path.resolve(import.meta.dirname, "../../../../apps/web/src");
const manifest = JSON.parse(readFileSync(path.join(web, "graphql/generated/persistedOperations.json"), "utf8")) as Record<string, string>;
const documents = Object.values(generated).filter(
  (each): each is typeof each & DocumentNode =>
    (each as { kind?: unknown }).kind === Kind.DOCUMENT &&
    (each as unknown as DocumentNode).definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION),
);
const hashOf = (document: object) => persistedExtensions(document, true)?.persistedQuery.sha256Hash ?? "none";

function operationNames({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? [`${each.operation} ${each.name?.value}`] : []));
}

const filesOf = (ending: string): string[] =>
  readdirSync(web, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending) && !file.startsWith(path.join("graphql", "generated")))
    .map((file) => readFileSync(path.join(web, file), "utf8"));

afterEach(() => vi.unstubAllGlobals());

it("every operation of the web application is in the manifest, under the hash of its text", () => {
  const declared = filesOf(".graphql").flatMap((text) => operationNames(parse(text)));
  const registered = Object.values(manifest).flatMap((text) => operationNames(parse(text)));
  expect(new Set(declared).size).toBeGreaterThan(200);
  expect(new Set(registered)).toEqual(new Set(declared));
  for (const [hash, text] of Object.entries(manifest)) expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
});

it("the registered text of each document is the text that the client's cache would send", () => {
  expect(documents.length).toBeGreaterThan(200);
  for (const document of documents)
    expect(manifest[hashOf(document)], operationNames(document).join()).toBe(print(formatDocument(document) as DocumentNode));
});

it("all operations are in .graphql files; the API would refuse any other", () => {
  const inline = [...filesOf(".ts"), ...filesOf(".tsx")].flatMap(
    (text) => text.match(/\b(query|mutation|subscription) \w+(\([^)]*\))? \{ \w+/g) ?? [],
  );
  expect(inline).toEqual([]);
});

it("the client sends only the hash, caches the response, and notes when its page is outdated", async () => {
  const bodies: Record<string, unknown>[] = [];
  const answers = [
    Response.json({ data: { viewer: { __typename: "Viewer", workspaces: [] } } }),
    Response.json({ errors: [{ message: "Reload.", extensions: { code: "PERSISTED_OPERATION_NOT_FOUND" } }] }, { status: 404 }),
  ];
  vi.stubGlobal("fetch", async (_address: string, { body }: { body: string }) => {
    bodies.push(JSON.parse(body));
    return answers.shift();
  });
  const client = createClient({
    url: "http://localhost/graphql",
    preferGetMethod: false,
    exchanges: [cacheExchange({ keys: { Viewer: () => null } }), persistedExchange(true), fetchExchange],
  });
  const { SessionDocument } = generated;
  expect((await client.query(SessionDocument, {}).toPromise()).data).toEqual({ viewer: { workspaces: [] } });
  expect((await client.query(SessionDocument, {}).toPromise()).data?.viewer.workspaces).toEqual([]);
  expect(update.has()).toBe(false);
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(SessionDocument) } };
  expect(bodies).toEqual([{ operationName: "Session", extensions }]);
  await client.query(SessionDocument, {}, { requestPolicy: "network-only" }).toPromise();
  expect(update.has()).toBe(true);
});

it("in development, the client sends texts", () => {
  expect(persistedExtensions(generated.SessionDocument)).toBeUndefined();
});
