/**
 * What the dialog says about the links of new invitations.
 * @param emailProblem why this system sends no e-mails; null if it does.
 */
export function describeLinks(count: number, emailProblem: string | null): string {
  const [whose, which] = count === 1 ? ["this", "the link"] : ["its", "each link"];
  const way =
    emailProblem === null
      ? `${which.charAt(0).toUpperCase()}${which.slice(1)} is in an e-mail too.`
      : `Pass ${which} on yourself, since this system sends no e-mails.`;
  return `${way} It works once, within seven days, for ${whose} address only, and is not shown again.`;
}
