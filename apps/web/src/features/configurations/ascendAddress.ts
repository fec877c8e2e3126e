/** The ascent's form, filled with one configuration of a search: its complete values, and the run's model, classes, starts and seed. */
interface Searched {
  readonly experiment: { readonly key: string };
  readonly model: { readonly slug: string };
  readonly preset: string;
  readonly seed: number;
  readonly parameters: unknown;
  readonly classes?: readonly number[] | null;
  readonly starts?: number | null;
  readonly source?: { readonly id: string } | null;
}

export function ascendAddress(run: Searched, drawn: Readonly<Record<string, unknown>>): string {
  const given = typeof run.parameters === "object" && run.parameters !== null ? run.parameters : {};
  const values = new URLSearchParams({
    method: "ascend",
    model: run.model.slug,
    preset: run.preset,
    seed: String(run.seed),
    classes: (run.classes ?? []).join(","),
    starts: String(run.starts ?? 1),
    ...(run.source ? { source: run.source.id } : {}),
    parameters: JSON.stringify({ ...given, ...drawn }),
  });
  return `/experiments/${run.experiment.key}/new?${values}`;
}
