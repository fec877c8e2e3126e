/**
 * The images on which people agree least. The agreement on one image is the share of agreeing pairs among all pairs of its votes (Fleiss
 * 1971, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76:378, P_i). Only answers to the same question are
 * paired.
 */

export interface PersonChoice {
  /** Index of the image. */
  readonly item: number;
  /** The phase of the study, which sets the question. */
  readonly phase: number;
  /** What the answer means, such as a class; -1 for "can't tell". */
  readonly answer: number;
}

export interface DisputedItem {
  readonly item: number;
  readonly votes: number;
  /** From 0 (all votes differ) to 1, which is excluded: all votes are the same. */
  readonly agreement: number;
}

/**
 * At most `count` items, least agreement first; of equal agreement, those with more votes first, then by index. Items with fewer than two
 * votes, or with full agreement, are not disputed.
 */
export function mostDisputed(choices: readonly PersonChoice[], count: number): readonly DisputedItem[] {
  const items = new Map<number, Map<number, Map<number, number>>>();
  for (const { item, phase, answer } of choices) {
    const phases = items.get(item) ?? new Map<number, Map<number, number>>();
    items.set(item, phases);
    const answers = phases.get(phase) ?? new Map<number, number>();
    phases.set(phase, answers);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  const disputed = [...items].flatMap(([item, phases]): DisputedItem[] => {
    let votes = 0;
    let pairs = 0;
    let agreeing = 0;
    for (const answers of phases.values()) {
      const counts = [...answers.values()];
      const all = sum(counts);
      votes += all;
      pairs += pairsOf(all);
      agreeing += sum(counts.map(pairsOf));
    }
    return agreeing < pairs ? [{ item, votes, agreement: agreeing / pairs }] : [];
  });
  return disputed.sort((a, b) => a.agreement - b.agreement || b.votes - a.votes || a.item - b.item).slice(0, count);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
