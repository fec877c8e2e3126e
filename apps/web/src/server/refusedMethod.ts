/** Tells the proxy which method a client used, where Next cannot pass it on. */
export const refusedMethodHeader = "x-refused-method";
