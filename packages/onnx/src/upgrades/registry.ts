/** All upgrades. An operator without one has the same form in every supported operator set. */
import { axesAsInput } from "./axesAsInput.ts";
import { castToFloat } from "./castToFloat.ts";
import { clipBounds } from "./clipBounds.ts";
import { explicitPadding } from "./explicitPadding.ts";
import { gatherTable } from "./gatherTable.ts";
import { globalWindow } from "./globalWindow.ts";
import { dropoutAsIdentity, noLoss, storedStatistics } from "./inferenceOnly.ts";
import { matMulVectors } from "./matMulVectors.ts";
import { padAmounts } from "./padAmounts.ts";
import { reductionForm } from "./reductionForm.ts";
import { reshapeTarget } from "./reshapeTarget.ts";
import { resizeForm } from "./resizeForm.ts";
import { sliceBounds } from "./sliceBounds.ts";
import { softmaxAxis } from "./softmaxAxis.ts";
import { splitSizes } from "./splitSizes.ts";
import { transposedPadding } from "./transposedPadding.ts";
import type { Upgrade } from "./upgrade.ts";

const all: readonly Upgrade[] = [
  axesAsInput,
  castToFloat,
  clipBounds,
  dropoutAsIdentity,
  explicitPadding,
  gatherTable,
  globalWindow,
  matMulVectors,
  noLoss,
  padAmounts,
  reductionForm,
  reshapeTarget,
  resizeForm,
  sliceBounds,
  softmaxAxis,
  splitSizes,
  storedStatistics,
  transposedPadding,
];

export const upgrades: ReadonlyMap<string, Upgrade> = new Map(
  all.flatMap((upgrade) => upgrade.operators.map((operator) => [operator, upgrade] as const)),
);
