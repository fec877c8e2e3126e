/**
 * A preset of GraphQL Code Generator: the client preset, plus the SHA-256 of each document's text (`__meta__.hash`) and a manifest from
 * hash to text, which the API loads. In production, pages send only the hash. The text selects `__typename` on every object, because the
 * client's cache needs it. Documents are written as text that a page parses when it uses them: all of them as trees are 680 kB of script,
 * which each page would have to evaluate.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { preset as clientPreset } from "@graphql-codegen/client-preset";
import { print, stripIgnoredCharacters } from "graphql";
import { formatDocument } from "urql";

const helper = "src/graphql/lazyDocument.ts";

/** A document as the client preset writes it. */
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

export const preset = {
  prepareDocuments: clientPreset.prepareDocuments,

  async buildGeneratesSection(options) {
    const operations = new Map();
    const onExecutableDocumentNode = (document) => {
      const text = print(formatDocument(document));
      const hash = createHash("sha256").update(text).digest("hex");
      operations.set(hash, text);
      return { hash };
    };
    const sections = await clientPreset.buildGeneratesSection({
      ...options,
      presetConfig: { ...options.presetConfig, onExecutableDocumentNode },
    });
    const [documents] = sections;
    const writer = documents.pluginMap["typed-document-node"];
    let finish;
    const finished = new Promise((resolve) => {
      finish = resolve;
    });
    // Files are generated concurrently; once this one is done, the hook has seen every document.
    documents.pluginMap["typed-document-node"] = {
      ...writer,
      plugin: async (...given) => asTexts(await writer.plugin(...given).finally(finish), options.baseOutputDir),
    };
    const write = async () => {
      await finished;
      return JSON.stringify(Object.fromEntries([...operations].sort(([one], [other]) => (one < other ? -1 : 1))), null, 2);
    };
    const manifest = {
      filename: `${options.baseOutputDir}persistedOperations.json`,
      plugins: [{ manifest: {} }],
      pluginMap: { manifest: { plugin: write } },
      schema: options.schema,
      config: {},
      documents: [],
    };
    return [...sections, manifest];
  },
};
