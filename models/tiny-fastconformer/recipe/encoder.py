"""A small cache-aware FastConformer encoder with a language prompt.

Geometry follows NVIDIA's streaming models: causal subsampling by eight, frames
grouped in chunks of R + 1 for a look-ahead of R, 56 frames of left context,
causal convolutions of nine frames, and a prompt that joins at the end.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from frontend import MELS

LEFT_CONTEXT = 56
CONV_KERNEL = 9
PROMPTS = 128
PRE_CACHE_MELS = 9  # mel frames of the past in front of each streaming window
DROPPED_FRAMES = 2  # the encoder frames that those produce


def subsampled_length(mels):
    """How many encoder frames a number of mel frames gives (padding 2 and 1, kernel 3, stride 2, thrice)."""
    for _ in range(3):
        mels = torch.div(mels, 2, rounding_mode="floor") + 1
    return mels


class Subsampling(nn.Module):
    """Three causal stride-2 convolutions over time and frequency, then a projection."""

    def __init__(self, width, channels=32):
        super().__init__()
        self.first = nn.Conv2d(1, channels, 3, 2)
        self.depthwise = nn.ModuleList(nn.Conv2d(channels, channels, 3, 2, groups=channels) for _ in range(2))
        self.pointwise = nn.ModuleList(nn.Conv2d(channels, channels, 1) for _ in range(2))
        bands = MELS
        for _ in range(3):
            bands = bands // 2 + 1
        self.project = nn.Linear(channels * bands, width)

    def forward(self, mels):
        # Speech lies around -8 with a spread of about 4 in natural-log units.
        x = ((mels + 8.0) / 4.0).transpose(1, 2).unsqueeze(1)
        x = F.relu(self.first(self._pad(x)))
        for depthwise, pointwise in zip(self.depthwise, self.pointwise):
            x = F.relu(pointwise(depthwise(self._pad(x))))
        return self.project(x.transpose(1, 2).flatten(2))

    @staticmethod
    def _pad(x):
        return F.pad(x, (2, 1, 2, 1))

    @torch.no_grad()
    def calibrate(self, mels):
        """Scale each convolution so that its output has mean 0 and deviation 1 on real features.

        Costs one pass and spares the first few hundred steps.
        """
        x = ((mels + 8.0) / 4.0).transpose(1, 2).unsqueeze(1)
        x = F.relu(_standardize(self.first, self._pad(x), (0, 2, 3)))
        for depthwise, pointwise in zip(self.depthwise, self.pointwise):
            x = _standardize(depthwise, self._pad(x), (0, 2, 3))
            x = F.relu(_standardize(pointwise, x, (0, 2, 3)))
        _standardize(self.project, x.transpose(1, 2).flatten(2), (0, 1))


def _standardize(layer, x, dims):
    y = layer(x)
    mean, deviation = y.mean(dims), y.std(dims) + 1e-5
    layer.weight /= deviation.view([-1] + [1] * (layer.weight.dim() - 1))
    layer.bias.copy_((layer.bias - mean) / deviation)
    return layer(x)


def relative_positions(queries, keys, width):
    """Sinusoids for the distance from a key back to a query, farthest past first: [1, queries + keys - 1, width]."""
    distance = torch.arange(keys - 1, -queries, -1.0)
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    angles = distance[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)[None]


class RelativeAttention(nn.Module):
    """Multi-head attention with relative positions as in Transformer-XL."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.head_width = heads, width // heads
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.position = nn.Linear(width, width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.content_bias = nn.Parameter(torch.zeros(heads, self.head_width))
        self.position_bias = nn.Parameter(torch.zeros(heads, self.head_width))

    def forward(self, x, context, positions, hidden):
        """`x` [B, queries, width] attends to `context` [B, keys, width] where `hidden` is false."""
        batch, queries, _ = x.shape
        keys = context.shape[1]
        query = self._split(self.query(x), batch)
        key = self._split(self.key(context), batch).permute(0, 2, 3, 1)
        value = self._split(self.value(context), batch).transpose(1, 2)
        position = self._split(self.position(positions), 1).permute(0, 2, 3, 1)
        content_score = (query + self.content_bias).transpose(1, 2) @ key
        position_score = (query + self.position_bias).transpose(1, 2) @ position
        score = content_score + self._shift(position_score, queries)[..., :keys]
        score = (score / math.sqrt(self.head_width)).masked_fill(hidden, -1e4)
        # A row with nothing to see must give zero, not an average of what is hidden.
        weight = torch.softmax(score, dim=-1).masked_fill(hidden, 0.0)
        return self.output((weight @ value).transpose(1, 2).reshape(batch, queries, -1))

    def _split(self, x, batch):
        return x.view(batch, -1, self.heads, self.head_width)

    @staticmethod
    def _shift(score, queries):
        """Move row i left by queries - 1 - i, so that column j is the distance from key j."""
        batch, heads, _, distances = score.shape
        padded = F.pad(score, (1, 0)).reshape(batch, heads, distances + 1, queries)
        return padded[:, :, 1:].reshape(batch, heads, queries, distances)


class CausalConvolution(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.expand = nn.Linear(width, 2 * width, bias=False)
        self.depthwise = nn.Conv1d(width, width, CONV_KERNEL, groups=width, bias=False)
        self.norm = nn.LayerNorm(width)
        self.contract = nn.Linear(width, width, bias=False)

    def forward(self, x, past):
        """`past` [B, width, 8] holds the frames before `x`; returns the output and the next `past`."""
        x = F.glu(self.expand(x), dim=-1).transpose(1, 2)
        x = torch.cat([past, x], dim=2)
        y = self.depthwise(x).transpose(1, 2)
        return self.contract(F.silu(self.norm(y))), x[:, :, -(CONV_KERNEL - 1) :]


class FeedForward(nn.Module):
    def __init__(self, width, factor=4):
        super().__init__()
        self.expand = nn.Linear(width, factor * width, bias=False)
        self.contract = nn.Linear(factor * width, width, bias=False)

    def forward(self, x):
        return self.contract(F.silu(self.expand(x)))


class ConformerLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.first_half = FeedForward(width)
        self.attention = RelativeAttention(width, heads)
        self.convolution = CausalConvolution(width)
        self.second_half = FeedForward(width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(5))

    def forward(self, x, past_channel, past_time, positions, hidden):
        """Returns the output, the attention context of this call, and the next convolution past."""
        x = x + 0.5 * self.first_half(self.norms[0](x))
        normed = self.norms[1](x)
        context = torch.cat([past_channel, normed], dim=1)
        x = x + self.attention(normed, context, positions, hidden)
        y, next_time = self.convolution(self.norms[2](x), past_time)
        x = x + y
        x = x + 0.5 * self.second_half(self.norms[3](x))
        return self.norms[4](x), context, next_time


class Encoder(nn.Module):
    def __init__(self, width=128, heads=4, layers=5):
        super().__init__()
        self.width = width
        self.subsampling = Subsampling(width)
        self.layers = nn.ModuleList(ConformerLayer(width, heads) for _ in range(layers))
        self.prompt = nn.Sequential(nn.Linear(width + PROMPTS, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))

    def add_prompt(self, x, prompt):
        one_hot = F.one_hot(prompt, PROMPTS).to(x.dtype)
        return self.prompt(torch.cat([x, one_hot[:, None].expand(-1, x.shape[1], -1)], dim=-1))

    def forward(self, mels, lengths, look_ahead, prompt, pre_cache=False):
        """Encode whole utterances the way streaming with this look-ahead would.

        With `pre_cache` the nine zero frames that an engine puts before its first
        window come first, and the two frames they give are dropped.
        """
        dropped = 0
        if pre_cache:
            mels, lengths, dropped = F.pad(mels, (PRE_CACHE_MELS, 0)), lengths + PRE_CACHE_MELS, DROPPED_FRAMES
        x = self.subsampling(mels)[:, dropped:]
        batch, frames, _ = x.shape
        lengths = (subsampled_length(lengths) - dropped).clamp(max=frames)
        index = torch.arange(frames)
        chunk = index // (look_ahead + 1)
        age = chunk[:, None] - chunk[None]
        outside = (age < 0) | (age > LEFT_CONTEXT // (look_ahead + 1))
        hidden = outside[None, None] | (index[None] >= lengths[:, None])[:, None, None]
        positions = relative_positions(frames, frames, self.width)
        no_channel = x.new_zeros(batch, 0, self.width)
        no_time = x.new_zeros(batch, self.width, CONV_KERNEL - 1)
        for layer in self.layers:
            x, _, _ = layer(x, no_channel, no_time, positions, hidden)
        return self.add_prompt(x, prompt), lengths
