"""The three graphs that are exported: one streaming window, one token, one joint."""

import torch
from torch import nn

from encoder import DROPPED_FRAMES, LEFT_CONTEXT, relative_positions, subsampled_length

# The longest window: twice the largest look-ahead that training used.
MAX_WINDOW_FRAMES = 28


class StreamingEncoder(nn.Module):
    """Encode one window of 9 + 8(R + 1) mel frames; the number of frames tells R.

    Within a window every frame sees every other, and the cache holds the 56
    frames before it. That is the chunked attention of training for any R whose
    chunk divides 56.
    """

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        longest = relative_positions(MAX_WINDOW_FRAMES, LEFT_CONTEXT + MAX_WINDOW_FRAMES, encoder.width)
        self.register_buffer("positions", longest)

    def forward(self, mels, lengths, past_channel, past_time, past_length, prompt):
        x = self.encoder.subsampling(mels)[:, DROPPED_FRAMES:]
        frames = x.shape[1]
        outer = MAX_WINDOW_FRAMES - frames  # positions beyond this window's at either end
        positions = self.positions[:, outer : outer + LEFT_CONTEXT + 2 * frames - 1]
        valid = torch.clamp(subsampled_length(lengths) - DROPPED_FRAMES, min=0)
        valid = torch.minimum(valid, torch.zeros_like(valid) + frames)
        slot = torch.arange(LEFT_CONTEXT + frames)[None]
        empty = slot < LEFT_CONTEXT - past_length[:, None]
        padding = slot >= LEFT_CONTEXT + valid[:, None]
        hidden = (empty | padding)[:, None, None]
        next_channel, next_time = [], []
        for index, layer in enumerate(self.encoder.layers):
            x, context, time = layer(x, past_channel[:, index], past_time[:, index], positions, hidden)
            next_channel.append(context[:, -LEFT_CONTEXT:])
            next_time.append(time)
        next_length = torch.clamp(past_length + valid, max=LEFT_CONTEXT)
        outputs = self.encoder.add_prompt(x, prompt).transpose(1, 2)
        return outputs, valid, torch.stack(next_channel, 1), torch.stack(next_time, 1), next_length


class PredictionStep(nn.Module):
    def __init__(self, transducer):
        super().__init__()
        self.embedding, self.lstm = transducer.embedding, transducer.lstm

    def forward(self, targets, target_length, hidden, cell):
        output, (hidden, cell) = self.lstm(self.embedding(targets.long()), (hidden, cell))
        return output.transpose(1, 2), target_length + 0, hidden, cell


class Joint(nn.Module):
    def __init__(self, transducer):
        super().__init__()
        self.transducer = transducer

    def forward(self, encoder_outputs, decoder_outputs):
        return self.transducer.joint(encoder_outputs.transpose(1, 2), decoder_outputs.transpose(1, 2))
