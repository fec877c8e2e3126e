/** The claims about digits, and those about gradient ascent, whose budget is the paper's on any network. */
import type { Claim } from "./claim.ts";
import { firstGenerations, span, successCounts } from "./verdictText.ts";

const nearCertain = 0.9999;
const level = 0.05;

function budgetOf(experiment: string, paper: number): Claim["budget"] {
  return { amount: { experiment, name: "generations", paper, unit: "generations" } };
}

export const digitClaims: readonly Claim[] = [
  {
    id: "R1a",
    statement: "Directly encoded images of noise reach a median of 99.99% over the digits by generation 200.",
    paper: "MNIST, direct encoding: median 99.99% by generation 200 (section 3.1).",
    experiments: ["mnist-direct"],
    unit: "runs",
    comparisons: [{ rows: /^mnist-direct\.lenet\..*\.claim-median@200$/, bounds: { atLeast: nearCertain } }],
    nulls: [{ rows: /^mnist-direct\.lenet\..*\.null-median@200$/, level }],
    budget: budgetOf("mnist-direct", 200),
    alsoShown: [/^mnist-direct\.lenet\..*\.(random-median@200|median-first)$/],
    note: "The paper's search against a LeNet that we trained. As many random images, without evolution, are the null hypothesis.",
  },
  {
    id: "R1b",
    statement: "Every digit reaches 99.99% in fewer than 50 generations.",
    paper: "MNIST, direct encoding: every digit at 99.99% or more in fewer than 50 generations (section 3.1).",
    experiments: ["mnist-direct"],
    unit: "runs",
    comparisons: [{ rows: /^mnist-direct\.lenet\..*\.claim-minimum@50$/, bounds: { atLeast: nearCertain } }],
    nulls: [{ rows: /^mnist-direct\.lenet\..*\.null-minimum@50$/, level }],
    budget: budgetOf("mnist-direct", 50),
    alsoShown: [/^mnist-direct\.lenet\..*-first$/],
    note: (rows) =>
      `Generations at which the median over the digits first reached .9999: ${firstGenerations(rows, /\.median-first$/)}. Generations at which every digit first did: ${firstGenerations(rows, /\.minimum-first$/)}.`,
  },
  {
    id: "R2a",
    statement: "Regular images reach a median of 99.99% over the digits by generation 200.",
    paper: "MNIST, CPPN: 99.99% after only a few generations; median 99.99% by 200 (section 3.2).",
    experiments: ["mnist-cppn"],
    unit: "runs",
    comparisons: [{ rows: /^mnist-cppn\.lenet\..*\.claim-median@200$/, bounds: { atLeast: nearCertain } }],
    nulls: [{ rows: /^mnist-cppn\.lenet\..*\.null-median@200$/, level }],
    budget: budgetOf("mnist-cppn", 200),
    alsoShown: [/^mnist-cppn\.lenet\..*\.(random-median@200|median-first)$/],
    note: (rows) =>
      `As many random CPPNs, without evolution, are the null hypothesis: they reach ${span(rows, /\.random-median@200$/)}. "A few generations" is not judged, since it depends on the coordinates and on the network's weights. Generations at which the median over the digits first reached .9999: ${firstGenerations(rows, /\.median-first$/)}.`,
  },
  {
    id: "R8a",
    statement: "On MNIST, some images reach 99.99% on another network too, and some do not.",
    paper: "Some images reach 99.99% on both networks, others only on the network that they were made for (section 3.5).",
    experiments: ["transfer"],
    unit: "runs",
    comparisons: [{ rows: /^transfer\.lenet\..*\.share$/, bounds: { between: [0, 1] } }],
    nulls: [{ rows: /^transfer\.lenet\..*\.(some|not-all)$/, level }],
    budget: { same: "Budget: 200 generations, as in the paper." },
    note: "Images of one run share ancestors, so each run counts once, with its share of images. The null hypothesis of transfer permutes the classes among the images of each run; that of images that do not transfer compares the runs with those for the other network. The paper's own percentages were not available.",
  },
  {
    id: "R11a",
    statement: "Unregularised gradient ascent reaches 99.99% for most classes.",
    paper:
      "Gradient ascent on the posterior reaches 99.99% with and without regularisation, with images that are mostly unrecognisable (section 3.7, Figure 13).",
    experiments: ["ascent"],
    unit: "ascents",
    comparisons: [{ rows: /^ascent\..*\.paper-unregularised\.share$/, bounds: { above: 0.5 } }],
    nulls: "none; ascents start from noise, which no network labels with near certainty.",
    budget: { same: "Budget: 500 images for each ascent, as in the paper's released code." },
    alsoShown: [/^ascent\.(?!.*(hp-seed-|\.share$))/],
    note: (rows) =>
      `By the paper's own rule: ${successCounts(rows, /\.paper-unregularised$/)}. By Adam on the log-posterior, which the paper does not use and which is not judged: ${successCounts(rows, /\.adam-log-posterior$/)}. R0 is about whether people recognise the images.`,
  },
  {
    id: "R11b",
    statement: "Regularised gradient ascent reaches 99.99% for most classes.",
    paper: "Gradient ascent with the regularisers of the supplement reaches 99.99% (section 3.7).",
    experiments: ["ascent"],
    unit: "ascents",
    comparisons: [{ rows: /^ascent\..*\.hp-seed-\d+\.share$/, bounds: { above: 0.5 } }],
    nulls: "none; ascents start from noise, which no network labels with near certainty.",
    budget: { different: "Budget: the supplement's settings were found by a search on CaffeNet and are used on other networks here." },
    alsoShown: [/^ascent\..*\.hp-seed-\d+$/],
    note: (rows) => `Ascents that reached it: ${successCounts(rows, /\.hp-seed-\d+$/)}.`,
  },
];
