/** The new-run form's address for an ascent that starts from a stored image. */
interface StartedFrom {
  readonly experimentKey: string;
  readonly modelSlug: string;
  readonly imageId: string;
  /** The class to climb towards. */
  readonly target: number;
}

export function startAddress({ experimentKey, modelSlug, imageId, target }: StartedFrom): string {
  const values = new URLSearchParams({
    method: "ascend",
    model: modelSlug,
    classes: String(target),
    source: imageId,
    parameters: JSON.stringify({ start: "image" }),
  });
  return `/experiments/${experimentKey}/new?${values}`;
}
