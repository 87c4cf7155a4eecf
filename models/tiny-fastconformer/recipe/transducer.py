"""The transducer around the encoder: prediction network, joint network, greedy search."""

import torch
import torch.nn.functional as F
from torch import nn

from encoder import Encoder

MAX_SYMBOLS_PER_FRAME = 10


class Transducer(nn.Module):
    """Blank is the last id and also starts the prediction network."""

    def __init__(self, vocabulary, predictor_width=128, joint_width=128, **encoder_options):
        super().__init__()
        self.blank = vocabulary
        self.predictor_width = predictor_width
        self.encoder = Encoder(**encoder_options)
        self.embedding = nn.Embedding(vocabulary + 1, predictor_width)
        self.lstm = nn.LSTM(predictor_width, predictor_width, 1, batch_first=True)
        self.join_encoder = nn.Linear(self.encoder.width, joint_width)
        self.join_predictor = nn.Linear(predictor_width, joint_width)
        self.join_output = nn.Linear(joint_width, vocabulary + 1)
        # Only for training: which token is being spoken in each frame.
        self.frame_classifier = nn.Linear(self.encoder.width, vocabulary + 1)

    def predict(self, targets):
        """Prediction network over blank followed by `targets` [B, U]: [B, U + 1, width]."""
        start = targets.new_full((targets.shape[0], 1), self.blank)
        return self.lstm(self.embedding(torch.cat([start, targets], dim=1)))[0]

    def joint(self, encoded, predicted):
        """Scores for every pair of frame and prefix: [B, T, U, V + 1]."""
        hidden = self.join_encoder(encoded)[:, :, None] + self.join_predictor(predicted)[:, None]
        return self.join_output(F.relu(hidden))

    @torch.no_grad()
    def greedy(self, encoded, lengths):
        """The tokens of each utterance."""
        results = []
        for row, length in zip(self.join_encoder(encoded), lengths.tolist()):
            tokens, state = [], None
            predicted, state = self._step(self.blank, state)
            for frame in row[:length]:
                for _ in range(MAX_SYMBOLS_PER_FRAME):
                    token = int(self.join_output(F.relu(frame + predicted)).argmax())
                    if token == self.blank:
                        break
                    tokens.append(token)
                    predicted, state = self._step(token, state)
            results.append(tokens)
        return results

    def _step(self, token, state):
        output, state = self.lstm(self.embedding(torch.tensor([[token]])), state)
        return self.join_predictor(output[0, 0]), state
