/** The lowest confidence at which an image counts as fooling, as in the paper. */
export const foolingConfidence = 0.9999;
