/** The queries that lists show for programs are accepted by the API's schema. */
import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { chainsQuery } from "../../../apps/web/src/features/chains/chainsFile.ts";
import { experimentsQuery } from "../../../apps/web/src/features/experiments/experimentsFile.ts";
import { modelsQuery } from "../../../apps/web/src/features/models/modelsFile.ts";
import { savedComparisonsQuery } from "../../../apps/web/src/features/savedComparisons/savedComparisonsFile.ts";
import { studiesQuery } from "../../../apps/web/src/features/studies/studiesFile.ts";
import { sweepsQuery } from "../../../apps/web/src/features/sweeps/sweepsFile.ts";
import { tagsQuery } from "../../../apps/web/src/features/tags/tagsFile.ts";
import { trashQuery } from "../../../apps/web/src/features/trash/trashFile.ts";

const schema = buildSchema(readFileSync(new URL("../../../apps/api/schema.graphql", import.meta.url), "utf8"));

it.each([
  ["experiments", experimentsQuery({ search: 'name = "a \\"b\\""', sort: { column: "updated", direction: "DESC" } })],
  ["sweeps", sweepsQuery],
  ["studies", studiesQuery],
  ["models", modelsQuery],
  ["chains", chainsQuery],
  ["saved comparisons", savedComparisonsQuery],
  ["tags", tagsQuery],
  ["the trash", trashQuery],
])("the query of %s is valid", (_list, text) => {
  expect(validate(schema, parse(text))).toEqual([]);
});
