/** How many trajectories an ascent has, or each configuration of a search: one for each class and start. */
interface Asked {
  readonly classes?: readonly number[] | null;
  readonly starts?: number | null;
}

export function trajectoryCount({ classes, starts }: Asked): number {
  return (classes?.length ?? 0) * (starts ?? 1);
}
