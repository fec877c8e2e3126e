/** The parts of ZIP (APPNOTE.TXT 6.3.10) that archives of the product use: stored and deflated files, and ZIP64 for more than 65,535 files or 4 GiB. */

export const signatures = {
  localHeader: 0x04034b50,
  descriptor: 0x08074b50,
  directoryHeader: 0x02014b50,
  endRecord64: 0x06064b50,
  endLocator64: 0x07064b50,
  endRecord: 0x06054b50,
} as const;

/** Bytes of each part without its names and extra fields. */
export const sizes = { localHeader: 30, directoryHeader: 46, endRecord64: 56, endLocator64: 20, endRecord: 22 } as const;

export const methods = { stored: 0, deflated: 8 } as const;
export const flagBits = { encrypted: 1, sizesFollow: 8 } as const;
/** The ID of the extra field with sizes and offsets of 64 bits. */
export const extraField64 = 1;
export const most16 = 0xffff;
export const most32 = 0xffffffff;
