import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PassThrough, pipeline as connect } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { UserError } from '../../errors.ts';
import { isInside } from '../audio-paths.ts';
import { startOfFile } from '../text-lines.ts';

/**
 * Streams an archive and writes the members that `place` gives a path in the folder; the others are passed over.
 * @returns members that would have left the folder, and links: they are never written.
 * @throws UserError when the archive is damaged or cut short.
 */
export async function unpack(
  archive: string,
  folder: string,
  place: (member: string) => string | null,
): Promise<readonly string[]> {
  const refused: string[] = [];
  const start = await startOfFile(archive);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  const members = extract();
  const written = connect(
    createReadStream(archive),
    isGzip ? createGunzip() : new PassThrough(),
    members,
    () => undefined,
  );
  try {
    for await (const member of members) {
      const path = placeSafely(member.header, folder, place, refused);
      if (path === null) {
        member.resume();
        continue;
      }
      await mkdir(dirname(path), { recursive: true });
      await pipeline(member, createWriteStream(path));
    }
  } catch (error) {
    throw new UserError(`archive ${archive} is damaged or cut short (${(error as Error).message}); fetch it again`);
  } finally {
    written.destroy();
  }
  return refused;
}

function placeSafely(
  { name, type }: Header,
  folder: string,
  place: (member: string) => string | null,
  refused: string[],
): string | null {
  if (type === 'directory') return null;
  const climbs = !isInside(folder, resolve(folder, name));
  if (climbs || type === 'symlink' || type === 'link') {
    refused.push(name);
    return null;
  }
  const wanted = type === 'file' || type === 'contiguous-file' ? place(name) : null;
  return wanted === null ? null : join(folder, wanted);
}
