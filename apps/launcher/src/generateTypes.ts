/**
 * `node generateTypes.ts FOLDER`: generates what the folder's `codegen.mjs` lists from the schema of the API and the folder's GraphQL
 * documents. GraphQL Code Generator's own command reads many kinds of sources that we do not use, with 200 packages.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import { buildASTSchema, lexicographicSortSchema, parse, Source } from "graphql";

type CodegenOptions = Parameters<typeof codegen>[0];
type Plugin = CodegenOptions["pluginMap"][string];

/** The exports of a `codegen.mjs`. */
interface Codegen {
  readonly schemaFile: string;
  /** Folders whose `.graphql` files are the documents. */
  readonly documents: readonly string[];
  /** Only generated files are here. */
  readonly outputFolder: string;
  /** Generated one after another. */
  readonly files: readonly GeneratedFile[];
}

interface GeneratedFile {
  readonly name: string;
  /** Their outputs follow one another. */
  readonly plugins: readonly Plugin[];
  readonly config?: CodegenOptions["config"];
}

const folder = path.resolve(process.argv[2] ?? ".");
const { schemaFile, documents, outputFolder, files } = (await import(pathToFileURL(path.join(folder, "codegen.mjs")).href)) as Codegen;
const readDocument = (name: string) => parse(new Source(readFileSync(path.join(folder, name), "utf8"), name));
const schema = readDocument(schemaFile);
const schemaAst = lexicographicSortSchema(buildASTSchema(schema));
const sources = documents
  .flatMap((place) => readdirSync(path.join(folder, place), { recursive: true, encoding: "utf8" }).map((name) => path.join(place, name)))
  .filter((name) => name.endsWith(".graphql"))
  .sort()
  .map((name) => ({ location: name, document: readDocument(name) }));

const contents = new Map<string, string>();
for (const { name, plugins, config = {} } of files) {
  const named = plugins.map((plugin, index) => [`plugin ${index + 1} of ${name}`, plugin] as const);
  const content = await codegen({
    filename: path.posix.join(outputFolder, name),
    schema,
    schemaAst,
    documents: sources,
    config,
    plugins: named.map(([title]) => ({ [title]: {} })),
    pluginMap: Object.fromEntries(named),
  });
  contents.set(name, content);
}

const output = path.join(folder, outputFolder);
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
for (const [name, content] of contents) writeFileSync(path.join(output, name), content);
