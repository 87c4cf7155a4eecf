import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commands } from './commands.ts';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

/** Lines of code blocks that call the command, without remarks and pipes. */
const calls = [...readme.matchAll(/^ {4}(?:[A-Z_]+=\S+ )?npx earshot (.*)$/gm)].map(([, call]) =>
  call!.replace(/\s+(?:#|\||>).*$/, '').trim(),
);

/** What commander makes of a call, without doing it; throws for a command, argument or flag that does not exist. */
function parse(call: string): string {
  const program = new Command('earshot').exitOverride().option('--quiet').option('--no-color');
  let ran = '';
  for (const command of commands) {
    const sub = command
      .define(program.command(command.name))
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    sub.action(() => void (ran = command.name));
  }
  program.configureOutput({ writeErr: () => {} }).parse(call.split(/\s+/), { from: 'user' });
  return ran;
}

describe('the README', () => {
  it('has calls to look at', () => {
    expect(calls.length).toBeGreaterThan(10);
  });

  it.each(calls)('calls a command with arguments and flags that exist: earshot %s', (call) => {
    expect(parse(call)).toBe(call.split(' ')[0]);
  });

  it('names files that exist', () => {
    const links = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, link]) => link!);
    const configs = [...readme.matchAll(/\bconfigs\/[\w./-]+\.yaml/g)].map(([path]) => path);
    for (const path of [...links, ...configs]) expect(existsSync(new URL(path, root)), path).toBe(true);
  });

  it('lists every command', () => {
    for (const { name } of commands) expect(readme).toContain(`\`earshot ${name}`);
  });

  it('refuses what does not exist, so that the check above can fail', () => {
    expect(() => parse('report RUN --colour')).toThrow(/unknown option/);
  });
});
