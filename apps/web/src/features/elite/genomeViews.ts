/** The component that shows the genomes of each encoding. Without an entry, the page offers only the JSON. */
import type { ComponentType } from "react";
import { CppnGenome } from "./CppnGenome.tsx";
import { DirectGenome } from "./DirectGenome.tsx";
import type { GenomeViewProps } from "./genomeViewProps.ts";

export const genomeViews: Readonly<Record<string, ComponentType<GenomeViewProps>>> = { direct: DirectGenome, cppn: CppnGenome };
