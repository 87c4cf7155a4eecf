import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { MalformedError, parse, text, type ParsedField } from './protobuf.ts';
import { vocabularyOf, type Vocabulary } from './tokens.ts';

// Field numbers of sentencepiece_model.proto: ModelProto.pieces; SentencePiece's piece and type; its type UNKNOWN.
const PIECES = 1;
const PIECE = 1;
const TYPE = 3;
const UNKNOWN = 2;

/**
 * The pieces of a SentencePiece model in the order of their ids, and the blank that a transducer adds behind them.
 *
 * @throws UserError for a missing file and for one that is no SentencePiece model.
 */
export async function readSentencePieces(path: string): Promise<Vocabulary> {
  const bytes = await readFile(path).catch(() => {
    throw new UserError(`cannot read ${path}, the model's vocabulary`);
  });
  try {
    const pieces = parse(bytes).filter((field) => field.number === PIECES);
    if (pieces.length === 0) throw new MalformedError('it has no pieces');
    return vocabularyOf([...pieces.map(pieceOf), '<blk>']);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new UserError(`${path} is not a SentencePiece model (${error.message}); fetch or export it again`);
  }
}

function pieceOf(field: ParsedField): string {
  const members = parse(field.bytes);
  const type = members.find((member) => member.number === TYPE)?.value;
  return type === UNKNOWN ? '<unk>' : text(members, PIECE);
}
