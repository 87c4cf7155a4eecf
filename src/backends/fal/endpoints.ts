import type { Acceleration, Transport } from '../../types.ts';
import { nemotronLocale, nemotronTags, threeLetterCode, twoLetterCode } from './locales.ts';

/** A list price with where it was read and when: prices change, records stay. */
export interface ListPrice {
  /** USD per unit that the endpoint bills; `null` where the price follows the machine's time. */
  readonly usdPerUnit: number | null;
  readonly unit: 'minute' | 'second';
  /** `true` where parts of a unit are billed as whole ones. */
  readonly roundsUp: boolean;
  readonly asOf: string;
  readonly source: string;
}

/** What differs between the speech endpoints of the host. */
export interface Endpoint {
  readonly id: string;
  readonly transports: readonly Transport[];
  readonly accelerations: readonly Acceleration[];
  /** Whether `acceleration` is part of the input; otherwise the endpoint has one setting, which is called `none` here. */
  readonly sendsAcceleration: boolean;
  /** Tags that the endpoint is known to take; `null`: any that {@link Endpoint.languageInput} can name. */
  readonly languages: readonly string[] | null;
  readonly supportsAuto: boolean;
  /** The part of the input that names the language; `null` where the endpoint has no such language. */
  languageInput(language: string): Readonly<Record<string, unknown>> | null;
  /** Options without which its error rate could not be compared with the others'. */
  readonly fairOptions: Readonly<Record<string, unknown>>;
  /** Where the transcript stands in the output. */
  readonly textField: 'output' | 'text';
  readonly price: ListPrice;
}

const priceSource = (id: string) => `https://fal.ai/models/${id}`;
const everyTransport: readonly Transport[] = ['run', 'queue', 'stream'];
const wholeClip: readonly Transport[] = ['run', 'queue'];

const whisperLike = {
  transports: wholeClip,
  accelerations: ['none'],
  sendsAcceleration: false,
  languages: null,
  supportsAuto: true,
  languageInput: (language) => ({ language: language === 'auto' ? null : twoLetterCode(language) }),
  textField: 'text',
} as const satisfies Partial<Endpoint>;

const scribe = {
  transports: wholeClip,
  accelerations: ['none'],
  sendsAcceleration: false,
  languages: null,
  supportsAuto: true,
  languageInput(language) {
    if (language === 'auto') return {};
    const code = threeLetterCode(language);
    return code === null ? null : { language_code: code };
  },
  // Speaker labels and [laughter] would count as insertions.
  fairOptions: { diarize: false, tag_audio_events: false },
  textField: 'text',
} as const satisfies Partial<Endpoint>;

const cohereLanguages = ['ar', 'de', 'el', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'vi', 'zh'];

function price(id: string, usdPerUnit: number | null, unit: ListPrice['unit'], roundsUp = false): ListPrice {
  return { usdPerUnit, unit, roundsUp, asOf: '2026-11-23', source: priceSource(id) };
}

/** The endpoint that is measured when the configuration names none. */
export const nemotronId = 'nvidia/nemotron-asr-multilingual/asr';

const rows: readonly Endpoint[] = [
  {
    id: nemotronId,
    transports: everyTransport,
    accelerations: ['none', 'regular', 'high', 'full'],
    sendsAcceleration: true,
    languages: nemotronTags,
    supportsAuto: true,
    languageInput(language) {
      const locale = language === 'auto' ? 'auto' : nemotronLocale(language);
      return locale === null ? null : { language: locale };
    },
    fairOptions: {},
    textField: 'output',
    price: price(nemotronId, 0.008, 'minute'),
  },
  {
    id: 'fal-ai/nemotron/asr',
    transports: everyTransport,
    // Its own names are none, low, medium and high, for other chunks than those of the multilingual endpoint.
    accelerations: ['none'],
    sendsAcceleration: true,
    languages: ['en-US'],
    supportsAuto: false,
    languageInput: (language) => (twoLetterCode(language) === 'en' ? {} : null),
    fairOptions: {},
    textField: 'output',
    price: price('fal-ai/nemotron/asr', 0.0008, 'second'),
  },
  {
    ...whisperLike,
    id: 'fal-ai/wizper',
    fairOptions: { task: 'transcribe' },
    price: price('fal-ai/wizper', null, 'second'),
  },
  {
    ...whisperLike,
    id: 'fal-ai/whisper',
    fairOptions: { task: 'transcribe', diarize: false },
    price: price('fal-ai/whisper', null, 'second'),
  },
  {
    ...scribe,
    id: 'fal-ai/elevenlabs/speech-to-text',
    price: price('fal-ai/elevenlabs/speech-to-text', 0.03, 'minute'),
  },
  {
    ...scribe,
    id: 'fal-ai/elevenlabs/speech-to-text/scribe-v2',
    price: price('fal-ai/elevenlabs/speech-to-text/scribe-v2', 0.008, 'minute'),
  },
  {
    id: 'fal-ai/cohere-transcribe',
    transports: wholeClip,
    accelerations: ['none'],
    sendsAcceleration: false,
    languages: null,
    supportsAuto: false,
    languageInput(language) {
      const code = twoLetterCode(language);
      return cohereLanguages.includes(code) ? { language: code } : null;
    },
    fairOptions: {},
    textField: 'text',
    price: price('fal-ai/cohere-transcribe', 0.00006944, 'second'),
  },
  {
    id: 'xai/speech-to-text/v1',
    transports: everyTransport,
    accelerations: ['none'],
    sendsAcceleration: false,
    languages: null,
    supportsAuto: true,
    languageInput: (language) => ({ language: language === 'auto' ? 'auto' : twoLetterCode(language) }),
    // Digits instead of words would count as errors against spelled-out references.
    fairOptions: { format: false, diarize: false },
    textField: 'text',
    price: price('xai/speech-to-text/v1', 0.001667, 'minute', true),
  },
];

/** By id. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(rows.map((row) => [row.id, row]));

/** What the list says that so much audio costs; `null` where no price per audio is listed. */
export function listCostUsd({ usdPerUnit, unit, roundsUp }: ListPrice, audioSeconds: number): number | null {
  if (usdPerUnit === null) return null;
  const units = unit === 'minute' ? audioSeconds / 60 : audioSeconds;
  return (roundsUp ? Math.ceil(units) : units) * usdPerUnit;
}
