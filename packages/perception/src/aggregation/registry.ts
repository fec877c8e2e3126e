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
    chanceOfRight: (skill) => skill,
  },
  {
    id: "dawidSkene",
    name: "Dawid-Skene",
    aggregate: (table, options) => aggregateConfusion(table, dawidSkeneModel(table.answers), options),
    chanceOfRight: (skill) => skill,
  },
  {
    id: "mace",
    name: "MACE",
    aggregate: (table, options) => aggregateConfusion(table, maceModel(table.answers), options),
    // The skill is the probability of knowing the answer. All truths are equally likely, so a habit is right in 1 of them.
    chanceOfRight: (skill, answers) => skill + (1 - skill) / answers,
  },
  glad,
];
