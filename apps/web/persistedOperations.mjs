/**
 * Plugins of GraphQL Code Generator: the typed documents, each with the SHA-256 of its text (`__meta__.hash`), and a manifest from hash to
 * text, which the API loads. In production, pages send only the hash. The text selects `__typename` on every object, because the client's
 * cache needs it. Documents are written as text that a page parses when it uses them: all of them as trees are 680 kB of script, which
 * each page would have to evaluate.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import { print, stripIgnoredCharacters } from "graphql";
import { formatDocument } from "urql";

const helper = "src/graphql/lazyDocument.ts";

/** A document as the plugin of typed documents writes it. */
const documentTree = /^export const (\w+) = (\{.*\}) as unknown as DocumentNode<(.*)>;$/gm;

/** Replaces the trees of documents by their texts. */
function asTexts({ content, prepend }, folder) {
  const texts = content.replace(documentTree, (unchanged, name, tree, types) => {
    const { __meta__: meta, ...document } = JSON.parse(tree);
    // Fragments are not sent by themselves.
    if (meta === undefined) return unchanged;
    const text = stripIgnoredCharacters(print(document));
    return `export const ${name} = lazyDocument<${types}>(${JSON.stringify(meta.hash)}, ${JSON.stringify(text)});`;
  });
  return { content: texts, prepend: [...prepend, `import { lazyDocument } from "${path.posix.relative(folder, helper)}";`] };
}

/** The text of each operation by its hash. */
const operations = new Map();

function addOperation(document) {
  const text = print(formatDocument(document));
  const hash = createHash("sha256").update(text).digest("hex");
  operations.set(hash, text);
  return { hash };
}

export const typedDocuments = {
  async plugin(schema, documents, config, info) {
    const options = { ...config, unstable_onExecutableDocumentNode: addOperation };
    return asTexts(await typedDocumentNode.plugin(schema, documents, options, info), path.posix.dirname(info.outputFile));
  },
};

/** Of the documents that `typedDocuments` has written. */
export const manifest = {
  plugin: () => JSON.stringify(Object.fromEntries([...operations].sort(([one], [other]) => (one < other ? -1 : 1))), null, 2),
};
