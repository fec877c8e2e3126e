/** How long a password may be, in characters. */
export const passwordLengths = { minimum: 10, maximum: 128 } as const;
