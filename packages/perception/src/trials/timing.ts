/**
 * The course of one trial: a blank screen, the image, an optional mask, the answer. In Zhou & Firestone (2019), 500 ms blank and no limits;
 * in Elsayed et al. (2018), 63 to 71 ms and a mask. The browser rounds to whole frames and records what it really showed.
 */
import type { ParameterSpec, ParameterValues } from "@pareidolia/core/parameterSpec";

const longest = 600_000;

export const timingSpecs = [
  {
    kind: "integer",
    name: "blankMs",
    label: "Blank",
    description: "Blank screen before the image, in milliseconds.",
    default: 500,
    minimum: 0,
    maximum: 10_000,
  },
  {
    kind: "integer",
    name: "imageMs",
    label: "Image",
    description: "How long the image is shown, in milliseconds; 0: until the answer.",
    default: 0,
    minimum: 0,
    maximum: longest,
  },
  {
    kind: "integer",
    name: "maskMs",
    label: "Mask",
    description: "How long a mask is shown after the image, in milliseconds; 0: no mask.",
    default: 0,
    minimum: 0,
    maximum: 10_000,
  },
  {
    kind: "integer",
    name: "answerMs",
    label: "Answer",
    description: "Time limit of the answer, in milliseconds; 0: no limit.",
    default: 0,
    minimum: 0,
    maximum: longest,
  },
] as const satisfies readonly ParameterSpec[];

export type Timing = ParameterValues<typeof timingSpecs>;
