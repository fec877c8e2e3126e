/** The URL of the new-run form for an ascent that starts from a stored image. */
interface AscentStart {
  readonly experimentKey: string;
  readonly modelSlug: string;
  readonly imageId: string;
  /** The class whose confidence the ascent increases. */
  readonly target: number;
}

export function startAddress({ experimentKey, modelSlug, imageId, target }: AscentStart): string {
  const parameters = new URLSearchParams({
    method: "ascend",
    model: modelSlug,
    classes: String(target),
    source: imageId,
    parameters: JSON.stringify({ start: "image" }),
  });
  return `/experiments/${experimentKey}/new?${parameters}`;
}
