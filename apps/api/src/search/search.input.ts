/** The order of searched lists, and what a list of fields is about. */
import { Field, InputType, registerEnumType } from "type-graphql";
import { OrderDirection } from "../pagination/orderDirection.ts";

export const SearchSubject = { RUNS: "runs", EXPERIMENTS: "experiments", IMAGES: "images" } as const;
export type SearchSubject = (typeof SearchSubject)[keyof typeof SearchSubject];

registerEnumType(SearchSubject, {
  name: "SearchSubject",
  description: "What a search finds.",
  valuesConfig: {
    RUNS: { description: "The table of runs." },
    EXPERIMENTS: { description: "The list of experiments." },
    IMAGES: { description: "The images of the gallery." },
  },
});

@InputType("ColumnOrder", { description: "Order of a list by one of its columns. Rows without a value are last in both directions." })
export class ColumnOrderInput {
  @Field(() => String, { description: "Name of a sortable field, such as `median` or `started`; `searchFields` lists them." })
  column!: string;

  @Field(() => OrderDirection, { description: "Sort direction." })
  direction!: OrderDirection;
}
