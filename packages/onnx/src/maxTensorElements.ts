/**
 * Maximum number of elements in one generated tensor: 16 MB of float32, such as the weights that resize an axis from 1,024 to 4,096
 * positions.
 */
export const maxTensorElements = 2 ** 22;
