/** The number of trajectories of an ascent, or of each configuration of a search: one for each class and start. */
interface AscentSize {
  readonly classes?: readonly number[] | null;
  readonly starts?: number | null;
}

export function trajectoryCount({ classes, starts }: AscentSize): number {
  return (classes?.length ?? 0) * (starts ?? 1);
}
