/** How each encoding shows its genomes. A new encoding adds a line; without one, its page shows the JSON alone. */
import type { ComponentType } from "react";
import { CppnGenome } from "./CppnGenome.tsx";
import { DirectGenome } from "./DirectGenome.tsx";
import type { GenomeViewProps } from "./genomeViewProps.ts";

export const genomeViews: Readonly<Record<string, ComponentType<GenomeViewProps>>> = { direct: DirectGenome, cppn: CppnGenome };
