/** All regularizers in the order of application, which is the released code's. To add one, create a file and add it here. */
import { decay } from "./decay.ts";
import { gaussianBlur } from "./gaussianBlur.ts";
import type { Regularizer } from "./regularizer.ts";
import { smallBenefit, smallContribution } from "./smallContribution.ts";
import { smallNorm } from "./smallNorm.ts";
import { totalVariation } from "./totalVariation.ts";

export const regularizers: readonly Regularizer[] = [decay, gaussianBlur, smallNorm, smallBenefit, smallContribution, totalVariation];
