/** The claims that only people can judge, or that need images of people: measured by studies of this installation. */
import type { Claim } from "./claim.ts";

const experiments = ["studies"];
const people = { experiments, isAboutPeople: true } as const;

/** People may recognise this share of the images beyond guessing before they count as recognisable; stated here, before any study. */
const recognisedAtMost = 0.1;
/** Confidences differ by less than this if they are similar. */
const similarWithin = 0.1;

export const peopleClaims: readonly Claim[] = [
  {
    ...people,
    id: "R0",
    statement: "Images that networks label with near certainty are unrecognisable to people.",
    paper:
      "Images that are completely unrecognisable to humans, but that DNNs believe to be recognisable objects with 99.99% confidence (abstract).",
    unit: "images and voters",
    comparisons: [{ rows: /^studies\..*\.recognised\.\d+$/, bounds: { below: recognisedAtMost } }],
    nulls: "none; guessing is subtracted from the share, which is 0 for people who guess.",
    budget: { same: "Budget: only images at .99 or more count, whatever search made them." },
    note: `The share of trials in which people recognise the network's label, beyond guessing, has to be below ${recognisedAtMost}, over other people and other images. With a forced choice, people who cannot recognise an image may still find the label that fits best (Zhou & Firestone 2019), so the protocol of each phase is named. Run a study on images at .99 or more, make a release, and give it to this command: docs/claims.md says how.`,
  },
  {
    ...people,
    id: "R2b",
    statement: "Regular images of a digit have strokes of that digit.",
    paper: "Images of 1s tend to have vertical bars, and images of 2s a horizontal bar low down (section 3.2).",
    unit: "images and voters",
    comparisons: [{ rows: /^studies\..*\.strokes\.\d+$/, bounds: { above: 0 } }],
    nulls: "none; guessing is subtracted from the share, which is 0 for people who guess.",
    budget: { same: "Budget: the images are those that the study shows." },
    note: "If an image has strokes of its digit, people who choose among digits find it more often than by guessing. Run a study on CPPN images of a digit network whose labels are the digits.",
  },
  {
    ...people,
    id: "R4c",
    statement: "A network is as confident of CPPN images as of natural images.",
    paper:
      "The median confidence of CPPN images, 88.11%, is similar to that of natural images (section 3.4; the natural value is in the supplement, which was not available).",
    unit: "images",
    comparisons: [{ rows: /^studies\..*\.natural-confidence$/, bounds: { between: [-similarWithin, similarWithin] } }],
    nulls: "none; the statement is that two confidences are alike.",
    budget: { same: "Budget: the images are those that the study shows." },
    note: `Natural images need people who took and named them: a study with photographs and CPPN images of one network has the machine's confidence in both. Confidences are similar if they differ by less than ${similarWithin}.`,
  },
  {
    ...people,
    id: "R10c",
    statement: "A retrained network labels most images that people have bred as fooling, though it has never seen them.",
    paper: "DNN_2 labels 45 of 70 images of Picbreeder as fooling images (64%; section 3.6).",
    unit: "images",
    comparisons: [{ rows: /^studies\..*\.bred$/, bounds: { above: 0.5 } }],
    nulls: "none; without such a class, no image would get the label.",
    budget: { same: "Budget: the images are those that the study shows." },
    note: 'Picbreeder\'s images are bred by people and are not part of this program. Upload such images, score them with a retrained network, and run a study on them whose labels include "fooling".',
  },
];
