/** One line by which somebody else can name and find an elite. */
export interface CitedElite {
  readonly workspace: string;
  readonly label: string;
  readonly niche: number;
  readonly runKey: string;
  readonly imageSha256: string;
  /** ISO date of the image's storage. */
  readonly createdAt: string;
  readonly address: string;
}

export function citeElite({ workspace, label, niche, runKey, imageSha256, createdAt, address }: CitedElite): string {
  const year = new Date(createdAt).getUTCFullYear();
  return `${workspace} (${year}). “${label}”, elite of niche ${niche} in ${runKey}. Pareidolia, image SHA-256 ${imageSha256}. ${address}`;
}
