/** Confidence from which a picture counts as fooling, as in the paper. */
export const foolingConfidence = 0.9999;
