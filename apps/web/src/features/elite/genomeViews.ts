/** How the page shows the genomes of each encoding. Without an entry, it offers only the JSON. */
import type { ComponentType } from "react";
import { CppnGenome } from "./CppnGenome.tsx";
import { DirectGenome } from "./DirectGenome.tsx";
import type { GenomeViewProps } from "./genomeViewProps.ts";

interface GenomeView {
  readonly View: ComponentType<GenomeViewProps>;
  /** Whether the view needs the width of the page. */
  readonly isWide: boolean;
}

export const genomeViews: Readonly<Record<string, GenomeView>> = {
  direct: { View: DirectGenome, isWide: false },
  cppn: { View: CppnGenome, isWide: true },
};
