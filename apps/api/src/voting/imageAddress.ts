/**
 * The address of an image for one voter: the voter's key, and the image's role and place, encrypted. Only who knows the study's secret can
 * compare the addresses of two voters, or find the address of another image. No table of addresses is needed.
 */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { type StudyImageRole, studyImageRoles } from "@pareidolia/core/studyState";

const path = "/ballots/images/";
const blockBytes = 16;
/** 128 bits each, in hexadecimal. */
const form = /^([0-9a-f]{32})-([0-9a-f]{32})$/;

export interface ImageAddress {
  readonly role: StudyImageRole;
  /** The image's place in its role. */
  readonly index: number;
}

interface AddressKeys {
  /** The study's; voters never see it. */
  readonly imageSecret: string;
  /** The voter's, which is part of the address. */
  readonly imageKey: string;
}

/** For one voter. Each image is one block of AES, so that equal images have equal addresses and the block's zeros prove its origin. */
function cipherKey({ imageSecret, imageKey }: AddressKeys): Buffer {
  return createHmac("sha256", imageSecret).update(imageKey).digest().subarray(0, blockBytes);
}

export function writeImageAddress(keys: AddressKeys, { role, index }: ImageAddress): string {
  const block = Buffer.alloc(blockBytes);
  block[0] = studyImageRoles.indexOf(role) + 1;
  block.writeUInt32BE(index, 1);
  const cipher = createCipheriv("aes-128-ecb", cipherKey(keys), null).setAutoPadding(false);
  return `${path}${keys.imageKey}-${Buffer.concat([cipher.update(block), cipher.final()]).toString("hex")}`;
}

/** The two parts of an address' last segment; null for another form. */
export function splitImageAddress(file: string): { readonly imageKey: string; readonly cell: string } | null {
  const [, imageKey, cell] = form.exec(file) ?? [];
  return imageKey === undefined || cell === undefined ? null : { imageKey, cell };
}

/** Null for an address that the study has not given to this voter. */
export function readImageAddress(keys: AddressKeys, cell: string): ImageAddress | null {
  const decipher = createDecipheriv("aes-128-ecb", cipherKey(keys), null).setAutoPadding(false);
  const block = Buffer.concat([decipher.update(Buffer.from(cell, "hex")), decipher.final()]);
  const role = studyImageRoles[(block[0] ?? 0) - 1];
  if (role === undefined || block.subarray(5).some((byte) => byte !== 0)) return null;
  return { role, index: block.readUInt32BE(1) };
}
