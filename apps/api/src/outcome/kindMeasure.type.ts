/** What a kind of run measures, for every type that counts results. */
import { getRunKind, type RunKind } from "@pareidolia/core/runKinds/registry";
import type { OutcomeMeasure } from "@pareidolia/core/runKinds/runKind";
import { Field, ObjectType } from "type-graphql";

@ObjectType("KindMeasure")
export abstract class KindMeasureType {
  @Field(() => String, { description: "ID of the kind of run: evolution, ascent, perturbation, retraining or imported." })
  readonly kind!: string;

  @Field(() => String, { description: "Display name of the kind of run." })
  readonly kindLabel!: string;

  @Field(() => String, { description: "Unit of `reached` and `total`, in the plural, such as “classes”." })
  readonly unit!: string;

  @Field(() => String, {
    description:
      "Success criterion, such as “≥ .9999”. An attack has succeeded if it reached its target, or changed the label if it has none.",
  })
  readonly reachedMeans!: string;

  @Field(() => Boolean, { description: "False for imported runs: nothing was measured here, so `reached` says nothing." })
  readonly isMeasured!: boolean;
}

/** What the fields above have. */
export interface KindMeasure<Kind extends RunKind = RunKind> extends OutcomeMeasure {
  readonly kind: Kind;
  readonly kindLabel: string;
}

export function kindMeasureOf<Kind extends RunKind>(kind: Kind): KindMeasure<Kind> {
  const { label: kindLabel, outcome } = getRunKind(kind);
  return { kind, kindLabel, ...outcome };
}
