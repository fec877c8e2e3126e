/** The types that implement `Run`, one per kind. Fields that only some kinds have are resolved on their types. */
import { getRunKind } from "@pareidolia/core/runKinds/registry";
import { ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { RunType } from "./run.type.ts";
import { runTypeNames } from "./runTypeName.ts";

@Requires("run:read")
@ObjectType(runTypeNames.evolution, { implements: RunType, description: getRunKind("evolution").description })
export class EvolutionRunType extends RunType {}

@Requires("run:read")
@ObjectType(runTypeNames.ascent, { implements: RunType, description: getRunKind("ascent").description })
export class AscentRunType extends RunType {}

@Requires("run:read")
@ObjectType(runTypeNames.perturbation, { implements: RunType, description: getRunKind("perturbation").description })
export class PerturbationRunType extends RunType {}

@Requires("run:read")
@ObjectType(runTypeNames.retraining, { implements: RunType, description: getRunKind("retraining").description })
export class RetrainingRunType extends RunType {}

@Requires("run:read")
@ObjectType(runTypeNames.imported, { implements: RunType, description: getRunKind("imported").description })
export class ImportedRunType extends RunType {}
