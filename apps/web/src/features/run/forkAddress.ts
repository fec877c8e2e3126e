/** The new-run form's address with a run's own values in it. */
interface Forkable {
  readonly experiment: { readonly key: string };
  readonly model: { readonly slug: string };
  readonly encoding: string;
  readonly preset: string;
  readonly seed: number;
  readonly generations: number;
  readonly offspring: number;
  readonly parameters: unknown;
}

export function forkAddress(run: Forkable): string {
  const values = new URLSearchParams({
    model: run.model.slug,
    encoding: run.encoding,
    preset: run.preset,
    seed: String(run.seed),
    generations: String(run.generations),
    offspring: String(run.offspring),
    parameters: JSON.stringify(run.parameters ?? {}),
  });
  return `/experiments/${run.experiment.key}/new?${values}`;
}
