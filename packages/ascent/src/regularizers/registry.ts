/** All regularizers in the order in which they act, which is the released code's. A new one is a file and a line here. */
import { decay } from "./decay.ts";
import { gaussianBlur } from "./gaussianBlur.ts";
import type { Regularizer } from "./regularizer.ts";
import { smallBenefit, smallContribution } from "./smallContribution.ts";
import { smallNorm } from "./smallNorm.ts";
import { totalVariation } from "./totalVariation.ts";

export const regularizers: readonly Regularizer[] = [decay, gaussianBlur, smallNorm, smallBenefit, smallContribution, totalVariation];
