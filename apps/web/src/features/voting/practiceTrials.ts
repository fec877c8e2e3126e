/**
 * Three trials for practice, with the question, timing and numbers of choices and of examples of a trial of the study, and the right answer of
 * each. Their images are shapes, letters or numbers, so they teach nothing about the study's.
 */
import type { BallotImage, BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import { areDigits, choosesImage } from "./voteKeys.ts";
import type { VoteAnswer } from "./votingClient.ts";

const side = 320;

const shapes = {
  circle: '<circle cx="160" cy="160" r="104"/>',
  square: '<path d="M64 64h192v192H64z"/>',
  triangle: '<path d="M160 56l112 200H48z"/>',
  cross: '<path d="M124 56h72v68h68v72h-68v68h-72v-68H56v-72h68z"/>',
  ring: '<path fill-rule="evenodd" d="M160 48a112 112 0 1 0 0 224a112 112 0 1 0 0-224zm0 56a56 56 0 1 1 0 112a56 56 0 1 1 0-112z"/>',
  diamond: '<path d="M160 40l96 120l-96 120L64 160z"/>',
  arrow: '<path d="M48 128h112V72l112 88l-112 88v-56H48z"/>',
  star: '<path d="M160 44l30 78l84 4l-66 52l23 81l-71-46l-71 46l23-81l-66-52l84-4z"/>',
} as const;
type Shape = keyof typeof shapes;
const shapeNames = Object.keys(shapes) as readonly Shape[];

/** The thing shown by each practice trial, by its place among the things to choose from. */
const shown = [0, 2, 1] as const;
/** Where it stands among the choices, as far as there are so many. */
const positions = [1, 0, 2] as const;
const shownDigits = [7, 2, 5] as const;

interface Thing {
  readonly name: string;
  readonly drawing: string;
}

function imageOf({ drawing }: Thing): BallotImage {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 320 320"><path fill="#fff" d="M0 0h320v320H0z"/><g fill="#17181b">${drawing}</g></svg>`;
  return { url: `data:image/svg+xml,${encodeURIComponent(svg)}`, width: side, height: side };
}

function written(name: string): Thing {
  const font = `font-family="sans-serif" font-size="${name.length === 1 ? 260 : 200}" text-anchor="middle"`;
  return { name, drawing: `<text x="160" y="${name.length === 1 ? 252 : 230}" ${font}>${name}</text>` };
}

/** Choices beside the shapes: with them, as many as any question offers. */
const characters = [
  ...Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index)),
  ...Array.from({ length: 14 }, (_, index) => String(10 + index)),
];

/** The same thing, turned and made smaller, in as many ways as there are examples. */
function examplesOf(thing: Thing, count: number): readonly BallotImage[] {
  return Array.from({ length: count }, (_, index) => {
    const turned = `rotate(${10 * (index + 1) * (index % 2 === 0 ? 1 : -1)} 160 160) translate(40 40) scale(0.75)`;
    return imageOf({ ...thing, drawing: `<g transform="${turned}">${thing.drawing}</g>` });
  });
}

export interface PracticeTrial {
  readonly trial: BallotTrial;
  /** The right answer, for the voter. */
  readonly rightAnswer: string;
  /** False for "can't tell". */
  readonly isRight: (answer: VoteAnswer) => boolean;
}

/** `count` things with the shown one at its position, and the others in order around it. */
function choicesOf(things: readonly Thing[], number: number, count: number): readonly Thing[] {
  const target = things[shown[number] ?? 0] as Thing;
  const others = things.filter((thing) => thing !== target).slice(0, count - 1);
  return others.toSpliced(Math.min(positions[number] ?? 0, others.length), 0, target);
}

/** The digits of the study, with the shown one in the place of another if the study does not offer it. */
function digitsOf(options: readonly string[], shownDigit: string, number: number): readonly string[] {
  if (options.includes(shownDigit)) return options;
  return options.with(Math.min(positions[number] ?? 0, options.length - 1), shownDigit);
}

/** @param model A trial of the study: its question, timing and numbers are used, its images and labels are not. */
export function practiceTrials(
  { question, timing, options, images, exemplars, phase }: Omit<BallotTrial, "number" | "answered">,
  texts: VotingTexts,
): readonly PracticeTrial[] {
  const named = [...shapeNames.map((shape): Thing => ({ name: texts[shape], drawing: shapes[shape] })), ...characters.map(written)];
  return shown.map((_, number): PracticeTrial => {
    const several = choosesImage(question.kind);
    const isDigit = question.kind === "ONE_LABEL_OF" && areDigits(options);
    const count = Math.min(Math.max(several ? images.length : options.length, 1), named.length);
    const target = isDigit ? written(String(shownDigits[number])) : (named[shown[number] as number] as Thing);
    const choices = choicesOf(named, number, count);
    const names = isDigit ? digitsOf(options, target.name, number) : choices.map(({ name }) => name);
    const offersNames = question.kind === "ONE_LABEL_OF" || question.kind === "RATINGS";
    const trial: BallotTrial = {
      number,
      phase,
      // The study's wording may name what only its images have, such as another digit.
      question: { ...question, wording: null, label: question.label === null ? null : target.name },
      images: (several ? choices : [target]).map(imageOf),
      options: offersNames ? names : [],
      exemplars: examplesOf(target, exemplars.length),
      timing,
      answered: false,
    };
    const right = several ? choices.indexOf(target) : names.indexOf(target.name);
    return {
      trial,
      rightAnswer: several ? texts.image(right + 1) : question.kind === "YES_NO" ? texts.yes : target.name,
      isRight: (answer) =>
        isRightAnswer(answer, { right: question.kind === "YES_NO" ? 0 : right, levels: question.levels, name: target.name }),
    };
  });
}

interface RightAnswer {
  readonly right: number;
  readonly levels: number | null;
  readonly name: string;
}

/** A rating is right if no other label is rated as high, and a single one if it is above the middle. */
function isRightAnswer(answer: VoteAnswer, { right, levels, name }: RightAnswer): boolean {
  if ("choice" in answer) return answer.choice === right;
  if ("text" in answer) return answer.text.toLowerCase().includes(name.toLowerCase());
  if (!("ratings" in answer)) return false;
  const own = answer.ratings[right] ?? 0;
  if (answer.ratings.length === 1) return own > ((levels ?? 2) - 1) / 2;
  return answer.ratings.every((rating, position) => position === right || rating < own);
}
