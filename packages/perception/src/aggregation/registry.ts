/** All aggregators of categorical votes. To add one, create a file and add a line here; the contract test then covers it. */
import { aggregateConfusion } from "./aggregateConfusion.ts";
import type { Aggregator } from "./aggregation.ts";
import { dawidSkeneModel } from "./dawidSkene.ts";
import { glad } from "./glad.ts";
import { maceModel } from "./mace.ts";
import { majority } from "./majority.ts";
import { oneCoinModel } from "./oneCoin.ts";

export const aggregators: readonly Aggregator[] = [
  majority,
  {
    id: "oneCoin",
    name: "One coin",
    aggregate: (table, options) => aggregateConfusion(table, oneCoinModel(table.answers), options),
  },
  {
    id: "dawidSkene",
    name: "Dawid-Skene",
    aggregate: (table, options) => aggregateConfusion(table, dawidSkeneModel(table.answers), options),
  },
  { id: "mace", name: "MACE", aggregate: (table, options) => aggregateConfusion(table, maceModel(table.answers), options) },
  glad,
];
