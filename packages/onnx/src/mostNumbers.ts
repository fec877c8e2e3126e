/** Of one tensor that is made here and that no file holds: 16 MB, as the weights that bring an axis from 1,024 positions to 4,096. */
export const mostNumbers = 2 ** 22;
