/** The pages and actions that the palette offers, each with the words people use for it. */
export interface Destination {
  readonly href: string;
  readonly name: string;
  /** Its shortcut, or where it belongs. */
  readonly note: string;
  readonly words: string;
}

export const pages: readonly Destination[] = [
  { href: "/", name: "Home", note: "G H", words: "start overview dashboard" },
  { href: "/experiments", name: "Experiments", note: "G E", words: "runs list" },
  { href: "/gallery", name: "Gallery", note: "G G", words: "images elites browse" },
  { href: "/models", name: "Models", note: "G M", words: "networks classifiers zoo" },
  { href: "/models/transfer", name: "Transfer", note: "Models", words: "matrix other networks agree generalise" },
  { href: "/chains", name: "Retraining chains", note: "Models", words: "retrain defence adversarial training" },
  { href: "/reports", name: "Reports", note: "G R", words: "paper claims verdicts results" },
  { href: "/workers", name: "Workers", note: "G W", words: "queue engines speed gpu status" },
];

export const actions: readonly Destination[] = [
  { href: "/new", name: "New run", note: "N", words: "start create evolve evolution map-elites cppn" },
  { href: "/new?method=ascend", name: "New ascent", note: "New run", words: "gradient ascend start create" },
  {
    href: "/new?method=perturb",
    name: "Perturb a photo",
    note: "New run",
    words: "attack adversarial fgsm pgd perturbation photograph start",
  },
  { href: "/new?method=retrain", name: "Retrain on fooling images", note: "New run", words: "chain retraining start create" },
  { href: "/experiments?new=true", name: "New experiment", note: "Experiments", words: "create start" },
  { href: "/models/new", name: "Register a model", note: "Models", words: "upload add import bring own network onnx tflite keras" },
];

/** Whether every typed word begins a word of the name or of the words that people use for it, in any order. */
export function answersWords(typed: string, { name, words }: { readonly name: string; readonly words: string }): boolean {
  const known = `${name} ${words}`.toLowerCase().split(/[\s-]+/);
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return asked.every((word) => known.some((each) => each.startsWith(word)));
}
