/** What a retention rule would act on as a file: its columns, and the GraphQL query for the same data. */
import type { RetentionPreviewQuery, RetentionRuleInput } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { givenFields } from "../queries/literal.ts";

type Item = RetentionPreviewQuery["retentionPreview"]["items"][number];

export const previewFile: Readonly<Record<string, (item: Item) => CsvValue>> = {
  key: ({ key }) => key,
  name: ({ name }) => name,
  since: ({ since }) => since,
};

export function previewQuery({ action, states, ...others }: RetentionRuleInput): string {
  const fields = [`action: ${action}`, ...(states == null ? [] : [`states: [${states.join(", ")}]`]), ...givenFields(others)];
  return `{
  retentionPreview(rule: { ${fields.join(", ")} }) {
    itemCount rows bytes isEstimate
    items { key name since }
  }
}`;
}
