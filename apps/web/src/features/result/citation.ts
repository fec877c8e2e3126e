/** A citation of a result with its address, in one line. */
export interface CitedResult {
  readonly workspace: string;
  /** The label that the model gives the image. */
  readonly label: string;
  /** Description of the image, such as "elite of niche 4 in RUN-12". */
  readonly what: string;
  readonly imageSha256: string;
  /** ISO date at which the image was stored. */
  readonly createdAt: string;
  /** Null for a result whose address is a secret. */
  readonly address: string | null;
}

export function citeResult({ workspace, label, what, imageSha256, createdAt, address }: CitedResult): string {
  const year = new Date(createdAt).getUTCFullYear();
  const text = `${workspace} (${year}). “${label}”, ${what}. Pareidolia, image SHA-256 ${imageSha256}.`;
  return address === null ? text : `${text} ${address}`;
}
