"""512 byte-pair pieces over the training sentences, with one tag per language.

A `<xx-XX>` tag ends every utterance, as in the models whose layout we follow.
"""

import io
import re

import sentencepiece

VOCABULARY = 512
WORD_MARK = "▁"  # how pieces write the space before a word
_MAX_PIECE_LENGTH = 8  # longer ones would hide most of a word until its end
_TAG = re.compile(r"<[a-z]{2}-[A-Z]{2}>")


def train_tokenizer(texts, languages, path):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=VOCABULARY,
        model_type="bpe",
        character_coverage=1.0,
        user_defined_symbols=[f"<{language}>" for language in languages],
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        max_sentencepiece_length=_MAX_PIECE_LENGTH,
        # Character offsets of pieces must be those of the text.
        normalization_rule_name="identity",
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())


class Tokenizer:
    def __init__(self, path):
        self._model = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self.size = self._model.get_piece_size()

    def piece(self, token):
        return self._model.id_to_piece(token)

    def tag(self, language):
        return self._model.piece_to_id(f"<{language}>")

    def encode_with_ends(self, text):
        """Token ids, and for each the character offset in `text` where it ends."""
        tokens = self._model.encode(text)
        ends, position = [], -1  # the first piece starts with a word mark that the text lacks
        for token in tokens:
            position += len(self.piece(token))
            ends.append(max(0, position))
        return tokens, ends

    def decode(self, tokens):
        return _TAG.sub("", self._model.decode(tokens)).strip()
