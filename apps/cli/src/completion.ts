/** Scripts with which a shell completes commands and options. They are made from the commands themselves, so they know all of them. */
import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

interface Known {
  /** Names from the program down, such as ["admin", "audit"]. */
  readonly path: readonly string[];
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly {
    readonly flag: string;
    readonly description: string;
    readonly takesFile: boolean;
    readonly choices: readonly string[];
  }[];
  /** Values of its arguments that are known, such as names of roles. */
  readonly values: readonly string[];
}

function flagsOf(command: Command): Known["options"] {
  const ancestors: Command[] = [];
  for (let each: Command | null = command; each !== null; each = each.parent) ancestors.push(each);
  const options = ancestors.flatMap((each) => each.options).filter(({ long, hidden }) => long != null && !hidden);
  return [
    ...options.map(({ long, description, argChoices, flags }) => ({
      flag: long ?? "",
      description,
      takesFile: /<(file|folder)>/.test(flags),
      choices: argChoices ?? [],
    })),
    { flag: "--help", description: "show help", takesFile: false, choices: [] },
  ];
}

export function listCommands(command: Command, path: readonly string[] = []): Known[] {
  const known: Known = {
    path,
    commands: command.commands.map((each) => ({ name: each.name(), description: each.description() })),
    options: flagsOf(command),
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [known, ...command.commands.flatMap((each) => listCommands(each, [...path, each.name()]))];
}

const words = ({ commands, options, values }: Known): string =>
  [...commands.map(({ name }) => name), ...values, ...options.map(({ flag }) => flag)].join(" ");

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A `case` pattern for the words that a file name follows: options that take a file, and `import`. */
const beforeFiles = (known: readonly Known[]): string =>
  [...new Set(known.flatMap(({ options }) => options.filter(({ takesFile }) => takesFile).map(({ flag }) => flag))), "import"].join("|");

interface PathLoop {
  /** The shell expression for the word at `index`; `from` and `to` bound the words between the program's name and the cursor. */
  readonly word: string;
  readonly from: number;
  readonly to: string;
  /** For each command, by its path, the shell code that sets its completions. */
  readonly cases: readonly string[];
}

/** The code that bash and zsh share: finds the line's command, and runs that command's case. */
function choosesByPath(known: readonly Known[], { word, from, to, cases }: PathLoop): string {
  const paths = known.flatMap(({ path }) => (path.length === 0 ? [] : [`      ${quoted(path.join(" "))}) path=$next ;;`]));
  return `  for ((index = ${from}; index < ${to}; index++)); do
    next="\${path:+$path }\${${word}}"
    case $next in
${paths.join("\n")}
    esac
  done
  case $path in
${cases.join("\n")}
  esac`;
}

function bash(known: readonly Known[]): string {
  const cases = known.map((each) => `    ${quoted(each.path.join(" "))}) words=${quoted(words(each))} ;;`);
  return `# Completion of pareidolia for bash. Put this into ~/.bashrc: source <(pareidolia completion bash)
_pareidolia() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path="" next words index
  case $before in ${beforeFiles(known)}) COMPREPLY=($(compgen -f -- "$current")); return ;; esac
${choosesByPath(known, { word: "COMP_WORDS[index]", from: 1, to: "COMP_CWORD", cases })}
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _pareidolia pareidolia
`;
}

const zshText = (text: string): string => text.replaceAll(/[\\:'"[\]]/g, (character) => (character === "'" ? "'\\''" : `\\${character}`));

function zsh(known: readonly Known[]): string {
  const cases = known.map(({ path, commands, options, values }) => {
    const entries = [
      ...commands.map(({ name, description }) => `${name}:${description}`),
      ...values.map((value) => `${value}:value`),
      ...options.map(({ flag, description }) => `${flag}:${description}`),
    ].map((entry) => {
      const at = entry.indexOf(":");
      return `      '${entry.slice(0, at)}:${zshText(entry.slice(at + 1))}'`;
    });
    return `    ${quoted(path.join(" "))}) entries=(\n${entries.join("\n")}\n    ) ;;`;
  });
  return `#compdef pareidolia
# Completion of pareidolia for zsh. Put this into ~/.zshrc: source <(pareidolia completion zsh)
_pareidolia() {
  local path="" next index
  local -a entries
  case \${words[CURRENT-1]} in ${beforeFiles(known)}) _files; return ;; esac
${choosesByPath(known, { word: "words[index]", from: 2, to: "CURRENT", cases })}
  _describe 'command or option' entries
}
compdef _pareidolia pareidolia
`;
}

const fishText = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function fish(known: readonly Known[]): string {
  const lines = known.flatMap(({ path, commands, options, values }) => {
    const last = path.at(-1);
    const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`).join("; and ");
    const isNext = commands.length === 0 ? "" : `; and not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(" ")}`;
    const condition = last === undefined ? "__fish_use_subcommand" : `${seen}${isNext}`;
    return [
      ...commands.map(
        ({ name, description }) => `complete -c pareidolia -f -n ${fishText(condition)} -a ${name} -d ${fishText(description)}`,
      ),
      ...values.map((value) => `complete -c pareidolia -f -n ${fishText(condition)} -a ${value}`),
      ...options.map(({ flag, description, takesFile, choices }) => {
        const takes = choices.length > 0 ? ` -x -a ${fishText(choices.join(" "))}` : takesFile ? " -r -F" : "";
        return `complete -c pareidolia -n ${fishText(condition)} -l ${flag.slice(2)}${takes} -d ${fishText(description)}`;
      }),
    ];
  });
  return `# Completion of pareidolia for fish: pareidolia completion fish > ~/.config/fish/completions/pareidolia.fish\n${lines.join("\n")}\n`;
}

const writers: Readonly<Record<Shell, (known: readonly Known[]) => string>> = { bash, zsh, fish };

export function writeCompletion(program: Command, shell: Shell): string {
  return writers[shell](listCommands(program));
}
