/** Header with the method of a request that Next cannot forward to the proxy. */
export const refusedMethodHeader = "x-refused-method";
