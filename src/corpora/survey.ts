import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import type { Utterance } from '../types.ts';
import type { OpenCorpus } from './corpus.ts';

/** What a sweep needs to know of the utterances that it will use in one language. */
export interface LanguageSurvey {
  readonly utterances: number;
  readonly audioSeconds: number;
  /** White-space separated words of the references, or characters where there are no spaces to speak of. */
  readonly referenceTokens: number;
}

export interface CorpusSurvey {
  readonly description: string;
  readonly license: string;
  readonly synthetic: boolean;
  /** By BCP 47 tag; only languages that were asked for and found. */
  readonly languages: ReadonlyMap<string, LanguageSurvey>;
  /** Digest over the selected rows, hex. */
  readonly sha256: string;
  /** Streams the selected utterances again, in the corpus's order. */
  selected(): AsyncIterable<Utterance>;
}

interface SurveyOptions {
  readonly name: string;
  readonly languages: readonly string[];
  /** The language of rows that do not name theirs. */
  readonly defaultLanguage: string | null;
  /** Most utterances per language; the choice depends only on the seed and the ids. */
  readonly limit: number | null;
  readonly seed: number;
}

/**
 * Reads a corpus once, checks that its audio files exist, and fixes the selection that every cell will share.
 * @throws UserError naming a row that cannot be used.
 */
export async function surveyCorpus(corpus: OpenCorpus, options: SurveyOptions): Promise<CorpusSurvey> {
  const wanted = new Set(options.languages.map(canonical));
  const inScope = async function* () {
    for await (const utterance of corpus.utterances()) {
      const language = canonical(utterance.language || (options.defaultLanguage ?? ''));
      if (wanted.has(language)) yield { ...utterance, language };
    }
  };
  const chosen = options.limit === null ? null : await choose(inScope(), options.limit, options.seed);
  const selected = async function* () {
    for await (const utterance of inScope()) {
      if (chosen === null || chosen.has(utterance.id)) yield utterance;
    }
  };
  const languages = new Map<string, LanguageSurvey>();
  const digest = createHash('sha256');
  for await (const utterance of selected()) {
    await checkAudio(utterance, options.name);
    const before = languages.get(utterance.language) ?? { utterances: 0, audioSeconds: 0, referenceTokens: 0 };
    languages.set(utterance.language, {
      utterances: before.utterances + 1,
      audioSeconds: before.audioSeconds + utterance.durationSeconds,
      referenceTokens: before.referenceTokens + countTokens(utterance.reference),
    });
    const { audio: _, ...row } = utterance;
    digest.update(JSON.stringify(row));
  }
  const { description, license, synthetic } = corpus;
  return { description, license, synthetic, languages, sha256: digest.digest('hex'), selected };
}

/** The `limit` utterances of each language whose seeded hashes are smallest: a random sample that no order changes. */
async function choose(utterances: AsyncIterable<Utterance>, limit: number, seed: number): Promise<ReadonlySet<string>> {
  const byLanguage = new Map<string, { id: string; rank: string }[]>();
  for await (const { id, language } of utterances) {
    const rank = createHash('sha256').update(`${seed}:${id}`).digest('hex');
    const kept = byLanguage.get(language) ?? [];
    byLanguage.set(language, kept);
    if (kept.length === limit && rank >= kept.at(-1)!.rank) continue;
    const at = kept.findIndex((other) => other.rank > rank);
    kept.splice(at === -1 ? kept.length : at, 0, { id, rank });
    if (kept.length > limit) kept.pop();
  }
  return new Set([...byLanguage.values()].flat().map(({ id }) => id));
}

async function checkAudio(utterance: Utterance, corpus: string): Promise<void> {
  const { path } = utterance.audio;
  const found = await stat(path).catch(() => null);
  const subject = `corpus ${corpus}, utterance ${utterance.id}`;
  if (!found?.isFile()) throw new UserError(`${subject}: no audio file at ${path}; restore it or remove the row`);
  if (found.size === 0) throw new UserError(`${subject}: ${path} is empty; restore it or remove the row`);
}

function countTokens(reference: string): number {
  const words = reference.split(/\s+/).filter(Boolean);
  return words.some((word) => word.length > 15 && /\p{Lo}/u.test(word))
    ? [...reference.replace(/[\s\p{P}]/gu, '')].length
    : words.length;
}

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? '';
  } catch {
    return tag;
  }
}
