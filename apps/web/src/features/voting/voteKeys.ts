/** The keyboard of the voting page: digits choose by position, or by name if every option is a digit. */
import type { BallotTrial, QuestionKind } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";

export type KeyAction =
  | { readonly kind: "choose"; readonly position: number }
  | { readonly kind: "cantTell" }
  | { readonly kind: "undo" }
  | { readonly kind: "skip" }
  | { readonly kind: "leave" };

const positionKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] as const;

/** Whether the images are the keys. */
export function choosesImage(kind: QuestionKind): boolean {
  return kind === "ONE_IMAGE_OF" || kind === "PAIR";
}

/** Whether the options are digits: then the key of a digit chooses this digit wherever it stands. */
export function areDigits(options: readonly string[]): boolean {
  return options.length > 1 && options.every((option) => /^\d$/.test(option)) && new Set(options).size === options.length;
}

/** The key of each position; null beyond the tenth. */
export function keysOf(count: number, options: readonly string[]): readonly (string | null)[] {
  if (areDigits(options)) return options;
  return Array.from({ length: count }, (_, position) => positionKeys[position] ?? null);
}

/** Number of positions that one key can choose; 0 for written answers and ratings. */
function choiceCount({ question, options, images }: Pick<BallotTrial, "question" | "options" | "images">): number {
  if (question.kind === "YES_NO") return 2;
  if (question.kind === "ONE_LABEL_OF") return options.length;
  return choosesImage(question.kind) ? images.length : 0;
}

/** @param key `key` of a keyboard event without Ctrl, Alt or Meta. */
export function actionOf(key: string, trial: BallotTrial, texts: Pick<VotingTexts, "yesKeys" | "noKeys">): KeyAction | null {
  if (key === "Escape") return { kind: "leave" };
  if (key === " ") return trial.question.cantTell ? { kind: "cantTell" } : null;
  const lower = key.toLowerCase();
  if (trial.question.kind === "YES_NO" && texts.yesKeys.includes(lower)) return { kind: "choose", position: 0 };
  if (trial.question.kind === "YES_NO" && texts.noKeys.includes(lower)) return { kind: "choose", position: 1 };
  if (trial.question.kind === "PAIR" && key === "ArrowLeft") return { kind: "choose", position: 0 };
  if (trial.question.kind === "PAIR" && key === "ArrowRight") return { kind: "choose", position: 1 };
  if (lower === "u") return { kind: "undo" };
  if (lower === "s") return { kind: "skip" };
  const count = choiceCount(trial);
  const position = keysOf(count, trial.question.kind === "ONE_LABEL_OF" ? trial.options : []).indexOf(key);
  return position >= 0 && position < count ? { kind: "choose", position } : null;
}
