/** Which images each member has after a change: images are added to several members, split among them, or taken back. */

export interface MemberImages {
  readonly memberId: string;
  /** Indices of counted images, ascending. */
  readonly images: readonly number[];
}

function withImages({ memberId, images }: MemberImages, added: readonly number[]): MemberImages {
  return { memberId, images: [...new Set([...images, ...added])].sort((a, b) => a - b) };
}

/** Each member gets all of them. */
export function giveToEach(members: readonly MemberImages[], images: readonly number[]): MemberImages[] {
  return members.map((member) => withImages(member, images));
}

/**
 * Each image goes to one member. They are dealt in turn, so shares differ by at most one and images that stand together, such as those of
 * one label, are spread; members with fewer images get the larger shares.
 */
export function splitEvenly(members: readonly MemberImages[], images: readonly number[]): MemberImages[] {
  const turns = [...members].sort((one, other) => one.images.length - other.images.length).map(({ memberId }) => memberId);
  return members.map((member) => {
    const turn = turns.indexOf(member.memberId);
    return withImages(
      member,
      images.filter((_, place) => place % turns.length === turn),
    );
  });
}

/** Members who have none of the images are left out. */
export function takeBack(members: readonly MemberImages[], images: readonly number[]): MemberImages[] {
  const taken = new Set(images);
  return members
    .filter((member) => member.images.some((index) => taken.has(index)))
    .map(({ memberId, images: own }) => ({ memberId, images: own.filter((index) => !taken.has(index)) }));
}
