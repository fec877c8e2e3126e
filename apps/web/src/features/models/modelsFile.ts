/** The list of models as a file: its columns, and the GraphQL query for the same data. */
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const modelsFile: Readonly<Record<string, (row: ModelCardFragment) => CsvValue>> = {
  model: ({ slug }) => slug,
  name: ({ name }) => name,
  origin: ({ origin }) => origin,
  state: ({ state }) => state,
  width: ({ width }) => width,
  height: ({ height }) => height,
  channels: ({ channels }) => channels,
  classes: ({ labels }) => labels.length,
  test_error: ({ testError }) => testError ?? null,
  bytes: ({ byteLength }) => byteLength ?? null,
  licence: ({ licence }) => licence,
  sha256: ({ sha256 }) => sha256,
};

export const modelsQuery = `{
  models(first: 100) {
    nodes { slug name origin state width height channels labels testError byteLength licence sha256 }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

export const refusedModelsQuery = `{
  models(first: 100, filter: { state: [REFUSED] }) {
    nodes { slug name refusal byteLength }
    pageInfo { hasNextPage endCursor }
  }
}`;
