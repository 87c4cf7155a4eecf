import { nemotronId } from './endpoints.ts';
import { askRaw, parsed, told, type Finding, type ProbeOptions, type RawAnswer } from './probe-raw.ts';

const uploadsAtOnce = 20;

/** Questions whose answers the host does not bill by rights. */
export async function* askFree(options: ProbeOptions, requestIds: readonly string[]): AsyncGenerator<Finding> {
  const run = (input: object) => askRaw(options, `https://fal.run/${nemotronId}`, input);
  const noAudio = (bytes: number) => `data:audio/x-wav;base64,${Buffer.alloc(bytes).toString('base64')}`;
  const refused: readonly (readonly [question: string, input: object])[] = [
    ['A language that it does not have?', { audio_url: noAudio(4), language: 'xx-XX' }],
    ['An address where nothing is?', { audio_url: 'https://fal.ai/no-such-file.wav' }],
    ['A data URI of 8 MiB, which is no audio?', { audio_url: noAudio(8 * 2 ** 20) }],
  ];
  for (const [question, input] of refused) yield { question, finding: told(await run(input)) };
  yield {
    question: `How many of ${uploadsAtOnce} uploads begun at once are let in?`,
    finding: await askUploads(options),
  };
  const price = await askRaw(options, `https://api.fal.ai/v1/models/pricing?endpoint_id=${nemotronId}`);
  yield { question: 'What does this account pay per unit?', finding: told(price) };
  const times = await askRaw(options, `https://api.fal.ai/v1/models/requests/by-endpoint?endpoint_id=${nemotronId}`);
  yield {
    question: 'Which times do the host’s books give the queued requests?',
    finding: bookedTimes(times, requestIds),
  };
  yield {
    question: 'How long may audio be, and how long are results kept?',
    finding: 'not asked: it would cost more than this probe may, or take days',
  };
}

async function askUploads(options: ProbeOptions): Promise<string> {
  const url = 'https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3';
  const file = { content_type: 'audio/wav', file_name: 'probe.wav' };
  const answers = await Promise.all(Array.from({ length: uploadsAtOnce }, () => askRaw(options, url, file)));
  const refused = answers.filter(({ status }) => status !== 200);
  const first = refused[0] === undefined ? '' : `; the first of the others: ${told(refused[0])}`;
  return `${answers.length - refused.length}${first}`;
}

function bookedTimes(answer: RawAnswer, requestIds: readonly string[]): string {
  if (answer.status !== 200) return told(answer);
  const { requests, items = requests } = parsed(answer) as Record<string, Record<string, unknown>[] | undefined>;
  const own = (items ?? []).filter((row) => requestIds.includes(String(row['request_id'])));
  if (own.length === 0) return 'none of them is there yet';
  const fields = ['started_at', 'ended_at', 'duration'];
  return own
    .map((row) => fields.map((field) => `${field} ${JSON.stringify(row[field] ?? null)}`).join(', '))
    .join('; ');
}
