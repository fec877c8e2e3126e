/** Sources of images in words. */

const names: Readonly<Record<string, string>> = {
  cppn: "CPPN elite",
  direct: "direct elite",
  photograph: "photograph",
  noise: "noise",
  ascent: "ascent",
  perturbation: "perturbation",
};

/** A source in words, for one image. */
export function nameOfSource(source: string): string {
  return names[source] ?? source;
}
