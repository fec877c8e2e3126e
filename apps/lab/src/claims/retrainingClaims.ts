/** The claims about networks that are retrained with a class for fooling images (section 3.6). */
import type { Claim } from "./claim.ts";
import { span } from "./verdictText.ts";

export const retrainingClaims: readonly Claim[] = [
  {
    id: "R9",
    statement: "After retraining with a class for fooling images, evolution still reaches 99.99% on MNIST.",
    paper: "DNN_1 to DNN_15: evolution still reaches 99.99%, and the test errors are like DNN_1's (section 3.6).",
    experiments: ["retraining"],
    unit: "retrained networks",
    comparisons: [{ rows: /^retraining\.mnist\.median$/, bounds: { atLeast: 0.9999 } }],
    nulls: "none; the statement is a level, and DNN_1, without the class, is shown beside it.",
    budget: { amount: { experiment: "retraining", name: "digits", paper: 200, unit: "generations" } },
    alsoShown: [/^retraining\.mnist\.test-error$/],
    note: "There are fewer networks and runs than in the paper, so training repeats each fooling image, for the paper's share of the class. A network counts once, with its median over the digits and runs.",
  },
  {
    id: "R10a",
    statement: "On natural images, an over-represented fooling class lowers the confidence that evolution reaches.",
    paper: "ImageNet: the median falls from 88.1% to 11.7%, p < .0001 (section 3.6).",
    experiments: ["retraining"],
    unit: "networks",
    comparisons: [{ rows: /^retraining\.cifar10\.fall$/, bounds: { above: 0 } }],
    nulls: "the interval inverts Mann and Whitney's exact test against as many networks without the class.",
    budget: { ripe: { rows: /^retraining\.cifar10\.control$/, atLeast: 0.9, of: "confidence that evolution reaches without the class" } },
    note: "CIFAR-10 with a small network replaces ImageNet, on which retraining is not feasible here. R10b covers the size of the fall.",
  },
  {
    id: "R10b",
    statement: "The fooling class removes most of the confidence.",
    paper: "ImageNet: the median falls from 88.1% to 11.7%, p < .0001 (section 3.6).",
    experiments: ["retraining"],
    unit: "networks",
    comparisons: [{ rows: /^retraining\.cifar10\.fall$/, bounds: { above: 0.5 } }],
    nulls: "R10a tests whether there is a fall.",
    budget: {
      different:
        "Budget: with ten classes instead of a thousand, evolution approaches certainty within a few generations, as on MNIST, so a fooling class can reduce the confidence less.",
    },
    note: (rows) => `The confidence falls by ${span(rows, /\.fall$/)}; in the paper, it falls by .76.`,
  },
];
