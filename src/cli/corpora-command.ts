import { UserError } from '../errors.ts';
import { example, type CliCommand } from './command.ts';
import { corporaFetch } from './corpora-fetch.ts';
import { corporaInspect } from './corpora-inspect.ts';
import { corporaList } from './corpora-list.ts';
import { corporaNew } from './corpora-new.ts';
import { corporaProbes } from './corpora-probes.ts';
import { corporaVerify } from './corpora-verify.ts';
import type { Terminal } from './terminal.ts';

/** What can be done with corpora. @returns the exit code. */
type Action = (target: string | undefined, options: Record<string, unknown>, terminal: Terminal) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  list: corporaList,
  fetch: corporaFetch,
  verify: corporaVerify,
  inspect: corporaInspect,
  new: corporaNew,
  probes: corporaProbes,
};

export const corporaCommand: CliCommand = {
  name: 'corpora',
  define: (command) =>
    command
      .description('what there is to measure on: list, fetch NAME, verify NAME, inspect PATH, new DIR, probes DIR')
      .argument('[action]', `one of: ${Object.keys(actions).join(', ')}`, 'list')
      .argument('[target]', 'name of a public corpus, or path of any')
      .option('--language <tag>', 'fetch, new, probes: a locale such as de-DE')
      .option('--split <name>', 'fetch: such as test (default: the one to measure on)')
      .option('--limit <n>', 'fetch: most utterances; probes: clips (default: 10)')
      .option('--seed <n>', 'fetch, probes: seeds choice and noise', '1')
      .option('--out <dir>', 'fetch: folder (default: datasets/<name>)')
      .option('--mirror <url>', 'fetch: another origin with the same paths')
      .option('--archive <file>', 'fetch: an archive that was downloaded by hand')
      .option('--audio-root <dir>', 'inspect: folder that all audio must lie in')
      .option('--allow-pipes', 'inspect: run the commands of a Kaldi wav.scp')
      .option('--write', 'verify: note the digests of all files in SHA256SUMS')
      .option('--model <dir>', 'new: model that drafts the transcripts')
      .option('--corpus <path>', 'probes: whose clips are made worse (default: the embedded ones)')
      .option('--json', 'print facts as JSON')
      .addHelpText('after', example('earshot corpora fetch fleurs --language de-DE --split test --limit 100')),

  execute([action, target], options, terminal) {
    const chosen = actions[action as string];
    if (chosen === undefined) {
      throw new UserError(`corpora ${String(action)}: not an action; use ${Object.keys(actions).join(', ')}`);
    }
    return chosen(target as string | undefined, options, terminal);
  },
};
