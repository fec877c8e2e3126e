/** The gradient of a linear map along one axis: the product with its transposed matrix. */
import { ints } from "../graphBuilder.ts";
import type { GradientContext } from "../operators/operatorRule.ts";

export interface LinearMap {
  /** Row-major, outputs x inputs. */
  readonly matrix: Float32Array;
  readonly outputs: number;
  readonly inputs: number;
  readonly axis: number;
  readonly rank: number;
  readonly suffix: string;
}

export function gradientOfMap({ builder, name }: GradientContext, gradient: string, map: LinearMap): string {
  const { matrix, outputs, inputs, axis, rank, suffix } = map;
  if (axis === rank - 1)
    return builder.node("MatMul", name(suffix), [gradient, builder.floats(name(`${suffix}Matrix`), [outputs, inputs], matrix)]);
  const weights = builder.floats(name(`${suffix}Matrix`), [inputs, outputs], transposed(map));
  if (axis === rank - 2) return builder.node("MatMul", name(suffix), [weights, gradient]);
  const order = Array.from({ length: rank }, (_, index) => (index === axis ? rank - 2 : index === rank - 2 ? axis : index));
  const there = builder.node("Transpose", name(`${suffix}There`), [gradient], { perm: ints(order) });
  const product = builder.node("MatMul", name(`${suffix}Product`), [weights, there]);
  return builder.node("Transpose", name(suffix), [product], { perm: ints(order) });
}

function transposed({ matrix, outputs, inputs }: LinearMap): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) turned[input * outputs + output] = matrix[output * inputs + input] as number;
  return turned;
}
