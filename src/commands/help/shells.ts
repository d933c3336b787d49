/** The scripts by which bash, zsh and fish complete what offers.ts lists. */
import type { CommandOffer, Names, OptionOffer } from './offers.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const scriptFor = (shell: Shell, offers: readonly CommandOffer[]): string =>
  ({ bash, zsh, fish })[shell](offers);

/**
 * The part that bash and zsh share: from `$command`, `$previous`, `$word` and `$position` (1 = the word behind the
 * program) to `$offer`, words with spaces between them, and `$many`, whether several may stand there with commas.
 */
function table(offers: readonly CommandOffer[]): string {
  const names = offers.map(({ name }) => name).join(' ');
  return `  if [ "$position" -eq 1 ]; then offer="${names} --help --version --lang"
  else case "$command" in
${offers.map(commandCase).join('')}  esac; fi
`;
}

function commandCase({ name, options, argument }: CommandOffer): string {
  const flags = options.map(({ long }) => long).join(' ');
  const first = argument.length > 0 ? argument.join(' ') : flags;
  const values = options.flatMap(({ long, short, takes }) =>
    takes ? `      ${[long, ...(short ? [short] : [])].join('|')}) ${assigned(takes)} ;;\n` : [],
  );
  return `    ${name}) case "$previous" in
${values.join('')}      *) offer="${flags}"; case "$position $word" in "2 -"*) ;; "2 "*) offer="${first}" ;; esac ;;
    esac ;;
`;
}

const assigned = ({ names, many }: Names): string => `offer="${names.join(' ')}"${many ? ' many=1' : ''}`;

/**
 * bash cuts words at `:` and `=` too, and puts an answer in the place of the last piece: so the word is read from the
 * line, and what stands before the last such sign is taken off the answers.
 */
const bash = (offers: readonly CommandOffer[]): string => `_rtcompare() {
  local line="\${COMP_LINE:0:COMP_POINT}" word="" previous="" command="" position offer="" many="" before="" cut
  local -a typed
  read -ra typed <<< "$line"
  position=\${#typed[@]}
  case "$line" in *[[:space:]]) ;; *) position=$((position - 1)); word="\${typed[position]}" ;; esac
  command="\${typed[1]}"
  previous="\${typed[position - 1]}"
  cut="\${word%"\${word##*[:=]}"}"
  case "$word" in --*=*) previous="\${word%%=*}"; before="$previous="; word="\${word#*=}" ;; esac
${table(offers)}  case "$many$word" in 1*,*) before="$before\${word%,*},"; word="\${word##*,}" ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$offer" -- "$word"))
  COMPREPLY=("\${COMPREPLY[@]#"$cut"}")
  case "\${COMPREPLY[*]}" in *=) compopt -o nospace 2> /dev/null ;; esac
}
complete -o default -F _rtcompare rtcompare
`;

const zsh = (offers: readonly CommandOffer[]): string => `#compdef rtcompare
_rtcompare() {
  local word="$words[CURRENT]" previous="$words[CURRENT-1]" command="$words[2]" position=$((CURRENT - 1)) offer="" many=""
  case "$word" in --*=*) previous="\${word%%=*}"; compset -P '*=' ;; esac
${table(offers)}  if [ -n "$many" ]; then compset -P '*,'; fi
  if [ -n "$offer" ]; then compadd -- \${=offer}; else _files; fi
}
compdef _rtcompare rtcompare
`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function fish(offers: readonly CommandOffer[]): string {
  const lines = offers.flatMap((offer) => {
    const condition = quoted(`__fish_seen_subcommand_from ${offer.name}`);
    const argument =
      offer.argument.length > 0
        ? [`complete -c rtcompare -n ${condition} -a ${quoted(offer.argument.join(' '))}`]
        : [];
    return [
      `complete -c rtcompare -n __fish_use_subcommand -f -a ${offer.name} -d ${quoted(offer.purpose)}`,
      ...argument,
      ...offer.options.map((option) => `complete -c rtcompare -n ${condition} ${fishOption(option)}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function fishOption({ long, short, meaning, takes }: OptionOffer): string {
  const flags = `-l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''} -d ${quoted(meaning)}`;
  if (!takes) return flags;
  // A number or a file: the shell's own completion.
  if (takes.names.length === 0) return `${flags} -r`;
  const names = takes.names.join(' ');
  return `${flags} -x -a ${quoted(takes.many ? `(__fish_append , ${names})` : names)}`;
}
