/** Three trials for practice with the study's question and timing. Their images are shapes, so they teach nothing about the study's. */
import type { BallotImage, BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./votingTexts.ts";

const side = 320;

const shapes = {
  circle: '<circle cx="160" cy="160" r="104"/>',
  square: '<path d="M64 64h192v192H64z"/>',
  triangle: '<path d="M160 56l112 200H48z"/>',
} as const;
type Shape = keyof typeof shapes;

/** The shape of each practice trial, and the order of all of them as options or images. */
const plans: readonly { readonly shape: Shape; readonly order: readonly Shape[] }[] = [
  { shape: "circle", order: ["square", "circle", "triangle"] },
  { shape: "triangle", order: ["triangle", "square", "circle"] },
  { shape: "square", order: ["circle", "triangle", "square"] },
];

function imageOf(shape: Shape): BallotImage {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 320 320"><path fill="#fff" d="M0 0h320v320H0z"/><g fill="#17181b">${shapes[shape]}</g></svg>`;
  return { url: `data:image/svg+xml,${encodeURIComponent(drawing)}`, width: side, height: side };
}

/** The shape first or second, and one other, for questions about two images. */
function pairOf({ shape, order }: (typeof plans)[number]): readonly Shape[] {
  const other = order.find((each) => each !== shape) as Shape;
  return order.indexOf(shape) < order.indexOf(other) ? [shape, other] : [other, shape];
}

/** @param model A trial of the study: its question and timing are used, its images and labels are not. */
export function practiceTrials(
  { question, timing, options }: Pick<BallotTrial, "question" | "timing" | "options">,
  texts: VotingTexts,
): readonly BallotTrial[] {
  return plans.map((plan, number) => {
    const { shape, order } = plan;
    const choosesImage = question.kind === "ONE_IMAGE_OF" || question.kind === "PAIR";
    const shown = question.kind === "PAIR" ? pairOf(plan) : choosesImage ? order : [shape];
    const named = question.kind === "ONE_LABEL_OF" || question.kind === "RATINGS";
    const ratesOne = question.kind === "RATINGS" && options.length === 1;
    return {
      number,
      question: {
        ...question,
        framing: question.framing === null ? null : "LOOKS_LIKE",
        label: question.label === null ? null : texts[shape],
      },
      images: shown.map(imageOf),
      options: named ? (ratesOne ? [texts[shape]] : order.map((each) => texts[each])) : [],
      exemplars: [],
      timing,
      answered: false,
    };
  });
}
