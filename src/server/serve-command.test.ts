import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nemotronId } from '../backends/fal/endpoints.ts';
import { embeddedCorpus } from '../embedded.ts';
import { stockClient } from './__fixtures__/stock-client.ts';
import { startEarshot } from './__fixtures__/sweep.ts';

interface Event {
  readonly output: string;
  readonly partial?: boolean;
}

/** The address that the command prints when it is ready. */
async function listening(child: ReturnType<typeof startEarshot>['child']): Promise<string> {
  let printed = '';
  child.stdout!.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  for (;;) {
    const url = /^listening on (http:\S+)$/m.exec(printed)?.[1];
    if (url !== undefined) return url;
    expect(child.exitCode, printed).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('answers the official client with what the embedded model hears, as it hears it', { timeout: 240_000 }, async () => {
  const path = join(embeddedCorpus, 'audio/en-US-0001.flac');
  const { child, ended } = startEarshot(['serve']);
  const url = await listening(child);
  const client = stockClient(url);
  const clip = new Blob([readFileSync(path)], { type: 'audio/flac' });
  const input = { audio_url: await client.storage.upload(clip), language: 'en-US', acceleration: 'full' };
  const events: Event[] = [];
  const stream = await client.stream(nemotronId, { input });
  stream.on('data', (event) => events.push(event as Event));
  await stream.done();
  const queued = (await client.subscribe(nemotronId, { input, mode: 'polling', pollInterval: 20 })).data as Event;
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ exitCode: 0 });

  const { ended: heard } = startEarshot([
    ...['transcribe', path, '--language', 'en-US', '--acceleration', 'full', '--partials', '--json'],
  ]);
  const { text, partials } = JSON.parse((await heard).output) as { text: string; partials: { text: string }[] };
  expect([events.at(-1), queued]).toMatchObject([
    { output: text, partial: false },
    { output: text, partial: false },
  ]);
  const shown = events.slice(0, -1).map(({ output, partial }) => [output, partial]);
  const changes = partials.map((partial) => partial.text).filter((one, i, all) => one !== '' && one !== all[i - 1]);
  expect(shown).toEqual(changes.map((change) => [change, true]));
  expect(shown.length).toBeGreaterThan(3);
});

it.each([
  ['rates: {hangg: 0.1}', /:1:16: rates\.hangg: this name is not allowed; give one of too-many-requests, hang, /],
  ['rates: {status-999: 0.1}', /: rates\.status-999: this name is not allowed; give status-400 to status-599$/m],
  ['rates: [', /:1:\d+: not valid YAML: /],
  ['', /: the file: null is not allowed; give a mapping$/m],
])('says in a line what is wrong with faults of %j', async (faults, line) => {
  const file = join(mkdtempSync(join(tmpdir(), 'earshot-faults-')), 'faults.yaml');
  writeFileSync(file, faults);
  const { exitCode, output } = await startEarshot(['serve', '--faults', file]).ended;
  expect(output).toMatch(line);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(exitCode).toBe(2);
});
