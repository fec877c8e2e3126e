/**
 * A preset of GraphQL Code Generator: the client preset, plus the SHA-256 of each document's text (`__meta__.hash`) and a manifest from
 * hash to text, which the API loads. In production, pages send only the hash. The text selects `__typename` on every object, because the
 * client's cache needs it.
 */
import { createHash } from "node:crypto";
import { preset as clientPreset } from "@graphql-codegen/client-preset";
import { print } from "graphql";
import { formatDocument } from "urql";

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
    documents.pluginMap["typed-document-node"] = { ...writer, plugin: async (...given) => writer.plugin(...given).finally(finish) };
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
