/**
 * The paper's claims R1 to R11, in its order (Nguyen, Yosinski & Clune 2015, arXiv 1412.1897). Numbers that hang on AlexNet or on
 * budgets of days are reported beside ours and not held against them.
 */
import type { ExperimentResult } from "../experiments/experiment.ts";
import { type Claim, type Judgement, judgeByRows } from "./claim.ts";

function notComparable(results: ReadonlyMap<string, ExperimentResult>, rowIds: readonly RegExp[], reason: string): Judgement {
  const judged = judgeByRows(results, rowIds, reason);
  return judged.verdict === "not measured" ? judged : { ...judged, verdict: "not comparable" };
}

export const claims: readonly Claim[] = [
  {
    id: "R1",
    statement: "Directly encoded images of noise are taken for each digit with near certainty.",
    paper: "MNIST, direct encoding: every digit at 99.99% or more in fewer than 50 generations; median 99.99% by 200 (section 3.1).",
    experiments: ["mnist-direct", "noise"],
    judge: (results) =>
      judgeByRows(results, [/^mnist-direct\./, /^noise\./], "The bars are the released code's own figures with its LeNet, measured again."),
  },
  {
    id: "R2",
    statement: "Regular images are taken for digits after few generations.",
    paper: "MNIST, CPPN: 99.99% after only a few generations; median 99.99% by 200 (section 3.2).",
    experiments: ["mnist-cppn"],
    judge: (results) =>
      judgeByRows(
        results,
        [/^mnist-cppn\./],
        "With the released code's raw pixel coordinates the median settles near .9999; with normalised ones it passes it.",
      ),
  },
  {
    id: "R3",
    statement: "Direct encoding hardly fools an ImageNet network.",
    paper: "ImageNet, direct, 20,000 generations: median 21.59%; 45 classes at 99% or more (section 3.3).",
    experiments: ["imagenet-evolution"],
    judge: (results) =>
      notComparable(
        results,
        [/^imagenet-evolution\..*\.median$/],
        "Another network and some hundred generations instead of 20,000: only the direction is comparable, see R4.",
      ),
  },
  {
    id: "R4",
    statement: "CPPN images fool an ImageNet network, and far better than direct ones.",
    paper: "ImageNet, CPPN, 5,000 generations: median 88.11%, against direct p < .0001 by Mann and Whitney's U (section 3.4).",
    experiments: ["imagenet-evolution"],
    judge: (results) =>
      judgeByRows(
        results,
        [/^imagenet-evolution\..*\.(median|mann-whitney)$/],
        "CPPNs at a quarter of the generations against direct; the absolute medians are not comparable at this budget.",
      ),
  },
  {
    id: "R5",
    statement: "Some classes resist, dogs and cats above all.",
    paper:
      "Classes 157 to 286 stay low; offered as reasons: more data for each concept, or competition of close classes in the softmax (section 3.4).",
    experiments: ["difficulty"],
    judge: (results) =>
      judgeByRows(results, [/^difficulty\./], "Both the weak band and the competition of classes are tested on the archives of R4."),
  },
  {
    id: "R6",
    statement: "One lineage serves related classes, and different runs find different images.",
    paper:
      "Three lizards, and three small fluffy dogs, share a lineage; runs find different types of image for a class (section 3.4, supplement).",
    experiments: ["phylogeny"],
    judge: (results) => judgeByRows(results, [/^phylogeny\./], "Counted over all classes instead of shown by example."),
  },
  {
    id: "R7",
    statement: "Repeated elements each carry a little of the confidence.",
    paper: "Removing repeated elements by hand lowers the confidence slightly in many images (section 3.4).",
    experiments: ["ablation"],
    judge: (results) =>
      judgeByRows(results, [/^ablation\./], "Regions of a grid are painted over in turn, by program, instead of elements by hand."),
  },
  {
    id: "R8",
    statement: "Some images fool another network too, and some do not.",
    paper:
      "Some images are at 99.99% on both networks, others only on the one they were made for; both cases, both data sets (section 3.5).",
    experiments: ["transfer"],
    judge: (results) =>
      judgeByRows(
        results,
        [/^transfer\./],
        "On MNIST judged at 99.99% on the other network; on ImageNet by the first label, as a short evolution leaves hardly an image at 99.99% on its own network. The paper's own percentages were not recovered.",
      ),
  },
  {
    id: "R9",
    statement: "Retraining with a class for fooling images does not stop evolution on MNIST.",
    paper: "DNN_1 to DNN_15: evolution still reaches 99.99%, with test errors like DNN_1's (section 3.6).",
    experiments: ["retraining"],
    judge: (results) =>
      judgeByRows(
        results,
        [/^retraining\.mnist/],
        "Fewer networks and runs than the paper's; each image is shown several times, so that the class weighs what it weighs there.",
      ),
  },
  {
    id: "R10",
    statement: "On natural images an over-represented fooling class does help.",
    paper: "ImageNet: median 88.1% falls to 11.7%, p < .0001 (section 3.6).",
    experiments: ["retraining"],
    judge: (results) =>
      judgeByRows(
        results,
        [/^retraining\.cifar/],
        "CIFAR-10 with a small network stands for ImageNet, on which retraining is out of reach here. A fall of .1 is asked for, from DNN_1 and from a control that is trained as long and lacks nothing but the class. With ten classes instead of a thousand evolution nears certainty within few generations, as it does on MNIST, which leaves a class less to protect.",
      ),
  },
  {
    id: "R11",
    statement: "Gradient ascent makes images at 99.99% that are mostly unrecognisable.",
    paper: "99.99% by gradient ascent on the posterior, with and without regularisation (section 3.7, Figure 13).",
    experiments: ["ascent"],
    judge: (results) => judgeByRows(results, [/^ascent\./], "The paper's 20 classes; recognisability is for voters, not for a program."),
  },
];
