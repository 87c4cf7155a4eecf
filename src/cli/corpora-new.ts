import { existsSync } from 'node:fs';
import { appendFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { decodeAudio } from '../audio/decode-audio.ts';
import { backendOfKind } from '../backends/index.ts';
import type { Recognizer } from '../backends/backend.ts';
import { audioFiles } from '../corpora/text-beside-audio.ts';
import { walkFiles } from '../corpora/walk-files.ts';
import { embeddedModel } from '../embedded.ts';
import { BackendError, UserError } from '../errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Starts a corpus from a folder of recordings: a manifest of drafts, to be corrected by hand. */
export async function corporaNew(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  if (target === undefined) throw new UserError('corpora new: no folder; give one with recordings');
  const folder = resolve(target);
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new UserError(`${target} is no folder; give one with recordings`);
  const manifest = join(folder, 'manifest.jsonl');
  if (existsSync(manifest))
    throw new UserError(`${manifest} is there already; correct it, or move it away to start again`);
  const language = (options['language'] as string | undefined) ?? 'auto';
  const backend = backendOfKind('onnx');
  const settings = backend.settings.parse({ model: options['model'] ?? embeddedModel });
  const facts = await backend.inspect(settings, process.cwd());
  if (language !== 'auto' && facts.languages?.includes(language) === false) {
    throw new UserError(`--language ${language}: this model knows ${facts.languages.join(', ')} and auto`);
  }
  const recognizer = await backend.open(settings, process.cwd());
  const draft = `${manifest}.part`;
  const counts = { written: 0, failed: 0 };
  try {
    await writeFile(draft, '');
    for await (const path of walkFiles(folder, audioFiles)) {
      const row = await draftRow(path, folder, language, recognizer).catch(asReason);
      if (typeof row === 'string') {
        counts.failed++;
        terminal.complain(`left out ${path}: ${row}`);
      } else {
        counts.written++;
        await appendFile(draft, `${JSON.stringify(row)}\n`);
        terminal.note(`${row.audio_filepath}: ${row.text}`);
      }
    }
    if (counts.written === 0) throw new UserError(`${target} has no audio that can be read; put recordings there`);
    await rename(draft, manifest);
  } finally {
    await recognizer.close();
    await rm(draft, { force: true });
  }
  await writeCard(folder);
  terminal.print(
    `${manifest}: ${counts.written} drafts${counts.failed > 0 ? `, ${counts.failed} files left out` : ''}`,
  );
  terminal.print('Correct each text by ear and remove its "draft": true; rows that are drafts are not measured on.');
  return counts.failed > 0 ? exitCodes.someFailed : exitCodes.done;
}

async function draftRow(path: string, folder: string, language: string, recognizer: Recognizer) {
  const audio = { path, offsetSeconds: 0, durationSeconds: null };
  const { durationSeconds } = await decodeAudio(audio);
  const { text, detectedLanguage } = await recognizer.transcribe(audio, { language, acceleration: 'none' });
  const lang = language === 'auto' ? detectedLanguage : language;
  return {
    audio_filepath: relative(folder, path),
    duration: Math.round(durationSeconds * 1e4) / 1e4,
    text,
    ...(lang === null ? {} : { lang }),
    speaker: null,
    draft: true,
  };
}

function asReason(error: unknown): string {
  if (error instanceof UserError || error instanceof BackendError) return error.message;
  throw error;
}

async function writeCard(folder: string): Promise<void> {
  const path = join(folder, 'corpus.json');
  if (existsSync(path)) return;
  const card = { description: 'Own recordings; say here who speaks and how', license: 'not stated', synthetic: false };
  await writeFile(path, `${JSON.stringify(card, null, 2)}\n`);
}
