"""Writes a SYNTHETIC streaming transducer in the shape of NVIDIA's 0.6B Nemotron: python3 synthetic_model.py FOLDER.

Its weights are random, so it hears nothing and what it prints is no text. It exists to be timed: layers, widths, attention
geometry, vocabulary and the sherpa-onnx layout are the multilingual model's, and so are the multiplications of a chunk. It
emits one token, as random as its weights, each time the audio gets louder or quieter than a fixed level, which in speech
happens about as often as syllables do: decoder and joiner then have their usual share of the work.

Needs numpy and onnx (Debian: python3-onnx). fp32 takes 2.4 GB of disk, fp16 1.2 GB, int8 (dynamic, as quantize_dynamic
makes it) 0.6 GB. All arrays are made and written one after the other, so memory stays small.
"""

import argparse
import json
import math
import os

import numpy
from onnx import TensorProto, helper, numpy_helper, save

MELS, CHANNELS, KERNEL, HEADS, FEED_FORWARD, PROMPTS, PROMPT_HIDDEN = 128, 256, 9, 8, 4, 128, 2048
PREDICTOR_LAYERS, PREDICTOR = 2, 640
# Natural logarithm of a mel band's power: below it is quiet.
LEVEL = -12
LANGUAGES = "en-US en-GB es-ES es-US zh-CN zh-TW hi-IN ar-AR fr-FR de-DE ja-JP ru-RU pt-BR pt-PT ko-KR it-IT"
PROMPT_INDEX = {**{language: i for i, language in enumerate(LANGUAGES.split())}, "auto": 101}
OPSET = 17
DTYPES = {"fp32": numpy.float32, "fp16": numpy.float16, "int8": numpy.float32}


class GraphWriter:
    """Collects nodes; weights go straight to a file beside the graph, where one is given, and stay in the graph otherwise."""

    def __init__(self, precision, seed, weights_path=None):
        self.precision, self.dtype = precision, DTYPES[precision]
        self.float_type = TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT
        self.random = numpy.random.default_rng(seed)
        self.nodes, self.initializers, self.count = [], [], 0
        self.weights_path = weights_path
        self.weights = open(weights_path, "wb") if weights_path else None

    def node(self, op, *inputs, outputs=1, **attributes):
        self.count += 1
        names = [f"{op}_{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, array):
        self.count += 1
        name = f"w{self.count}"
        array = numpy.asarray(array, order="C")
        if self.weights is None or array.nbytes < 1024:
            self.initializers.append(numpy_helper.from_array(array, name))
            return name
        tensor = TensorProto(name=name, dims=array.shape, data_location=TensorProto.EXTERNAL)
        tensor.data_type = numpy_helper.from_array(array[:0]).data_type
        self.weights.write(bytes(-self.weights.tell() % 64))
        place = dict(location=os.path.basename(self.weights_path), offset=self.weights.tell(), length=array.nbytes)
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self.weights.write(array.tobytes())
        self.initializers.append(tensor)
        return name

    def integers(self, *values):
        return self.constant(numpy.array(values, numpy.int64))

    def scalar(self, value):
        return self.constant(numpy.array(value, self.dtype))

    def noise(self, *shape, fan_in):
        return (self.random.standard_normal(shape, numpy.float32) / math.sqrt(fan_in)).astype(self.dtype)

    def linear(self, x, size_in, size_out):
        """x times random weights, rows being the last axis; in int8 as quantize_dynamic rewrites a MatMul."""
        weights = self.noise(size_in, size_out, fan_in=size_in)
        if self.precision == "int8":
            scale = float(numpy.abs(weights).max()) / 127
            quantized = numpy.clip(numpy.rint(weights / scale) + 128, 0, 255).astype(numpy.uint8)
            rows, rows_scale, rows_zero = self.node("DynamicQuantizeLinear", x, outputs=3)
            product = self.node("MatMulInteger", rows, self.constant(quantized), rows_zero, self.constant(numpy.array(128, numpy.uint8)))
            scales = self.node("Mul", rows_scale, self.scalar(scale))
            return self.node("Mul", self.node("Cast", product, to=TensorProto.FLOAT), scales)
        return self.node("MatMul", x, self.constant(weights))

    def layer_norm(self, x, size):
        ones, zeros = self.constant(numpy.ones(size, self.dtype)), self.constant(numpy.zeros(size, self.dtype))
        return self.node("LayerNormalization", x, ones, zeros, axis=-1, epsilon=1e-5)

    def slice(self, x, start, end, axis):
        return self.node("Slice", x, self.integers(start), self.integers(end), self.integers(axis))

    def save(self, path, inputs, outputs, metadata=None):
        if self.weights:
            self.weights.close()
        graph = helper.make_graph(self.nodes, "synthetic", inputs, outputs, self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        helper.set_model_props(model, {key: str(value) for key, value in (metadata or {}).items()})
        save(model, path)


def value(name, dtype, *shape):
    return helper.make_tensor_value_info(name, dtype, shape)


def encoder(g, shape, look_ahead):
    """Nodes for one chunk; inputs and outputs keep float32 whatever the weights are."""
    width, left, half = shape.width, shape.left, g.precision == "fp16"
    to_inner = lambda x: g.node("Cast", x, to=TensorProto.FLOAT16) if half else x
    channel, time = to_inner("cache_last_channel"), to_inner("cache_last_time")

    # Causal depth-wise striding: 8 times shorter in time, 128 bands to 17.
    signal = g.node("Add", to_inner("audio_signal"), g.scalar(-LEVEL))
    x = g.node("Unsqueeze", g.node("Transpose", signal, perm=[0, 2, 1]), g.integers(1))
    stride = dict(kernel_shape=[3, 3], strides=[2, 2], pads=[2, 2, 1, 1])
    conv = lambda x, weights, **how: g.node("Conv", x, g.constant(weights), g.constant(numpy.zeros(CHANNELS, g.dtype)), **how)
    x = g.node("Relu", conv(x, g.noise(CHANNELS, 1, 3, 3, fan_in=9), **stride))
    for _ in range(2):
        x = conv(x, g.noise(CHANNELS, 1, 3, 3, fan_in=9), group=CHANNELS, **stride)
        x = g.node("Relu", conv(x, g.noise(CHANNELS, CHANNELS, 1, 1, fan_in=CHANNELS), kernel_shape=[1, 1]))
    flat = g.node("Reshape", g.node("Transpose", x, perm=[0, 2, 1, 3]), g.integers(0, 0, 17 * CHANNELS))
    x = g.linear(flat, 17 * CHANNELS, width)
    # The first two frames stand for what the chunk before has given already.
    x = g.slice(x, 2, 2**31, 1)
    frames = g.node("Gather", g.node("Shape", x), g.integers(1), axis=0)
    keys = g.node("Add", frames, g.integers(left))

    # Slot i of the cache counts from i = left - length on.
    positions = g.node("Reshape", g.node("Range", g.constant(numpy.array(0)), g.node("Squeeze", keys), g.constant(numpy.array(1))), g.integers(1, 1, 1, -1))
    first = g.node("Sub", g.integers(left), g.node("Reshape", "cache_last_channel_len", g.integers(-1, 1, 1, 1)))
    masked = g.node("Less", positions, first)

    # Sinusoids of relative positions from keys-1 down to 1-keys, cut from a table for the longest chunk.
    reach = left + 14
    offsets = numpy.arange(reach - 1, -reach, -1)[:, None] * numpy.exp(numpy.arange(0, width, 2) * (-math.log(10000) / width))
    table = numpy.stack([numpy.sin(offsets), numpy.cos(offsets)], 2).reshape(1, -1, width)
    start, end = g.node("Sub", g.integers(reach), keys), g.node("Add", g.integers(reach - 1), keys)
    relative = g.node("Slice", g.constant(table.astype(g.dtype)), start, end, g.integers(1))

    channels, times = [], []
    for layer in range(shape.layers):
        x, next_channel, next_time = encoder_layer(g, shape, x, at(g, channel, layer), at(g, time, layer), relative, masked, keys)
        channels.append(g.node("Unsqueeze", next_channel, g.integers(1)))
        times.append(g.node("Unsqueeze", next_time, g.integers(1)))

    # The language goes into every frame.
    one_hot = g.node("OneHot", "prompt_index", g.constant(numpy.array(PROMPTS)), g.constant(numpy.array([0, 1], g.dtype)))
    repeats = g.node("Concat", g.integers(1), frames, g.integers(1), axis=0)
    prompt = g.node("Tile", g.node("Unsqueeze", one_hot, g.integers(1)), repeats)
    x = g.node("Concat", x, prompt, axis=2)
    x = g.linear(g.node("Relu", g.linear(x, width + PROMPTS, PROMPT_HIDDEN)), PROMPT_HIDDEN, width)

    # One lane says whether the eight feature frames behind an encoder frame are quiet.
    loudness = g.slice(g.node("ReduceMean", signal, axes=[1], keepdims=0), 9, 2**31, 1)
    loudness = g.node("ReduceMean", g.node("Reshape", loudness, g.integers(0, -1, 8)), axes=[2], keepdims=1)
    quiet = g.node("Cast", g.node("Less", loudness, g.scalar(0)), to=g.float_type)
    x = g.node("Concat", quiet, g.slice(x, 1, 2**31, 2), axis=2)
    rename(g, g.node("Transpose", x, perm=[0, 2, 1]), "outputs", half)
    rename(g, g.node("Concat", *channels, axis=1), "cache_last_channel_next", half)
    rename(g, g.node("Concat", *times, axis=1), "cache_last_time_next", half)
    length = "length"
    for _ in range(3):
        length = g.node("Add", g.node("Div", length, g.integers(2)), g.integers(1))
    rename(g, g.node("Sub", length, g.integers(2)), "encoded_lengths", False)
    rename(g, g.node("Min", g.node("Add", "cache_last_channel_len", frames), g.integers(left)), "cache_last_channel_next_len", False)

    window, shift = 8 * (look_ahead + 1) + 9, 8 * (look_ahead + 1)
    metadata = dict(vocab_size=shape.vocabulary, window_size=window, chunk_shift=shift, chunk_size_ms=10 * shift, normalize_type="NA",
                    cache_last_channel_dim1=shape.layers, cache_last_channel_dim2=left, cache_last_channel_dim3=width,
                    cache_last_time_dim1=shape.layers, cache_last_time_dim2=width, cache_last_time_dim3=KERNEL - 1,
                    pred_rnn_layers=PREDICTOR_LAYERS, pred_hidden=PREDICTOR, subsampling_factor=8, feat_dim=MELS,
                    dynamic_window=int(shape.any_window), prompt_dictionary=json.dumps(PROMPT_INDEX), auto_prompt_id=PROMPT_INDEX["auto"],
                    model_type="SYNTHETIC transducer with random weights", comment="for timing only; hears nothing")
    floats, longs = TensorProto.FLOAT, TensorProto.INT64
    channel_shape, time_shape = ("B", shape.layers, left, width), ("B", shape.layers, width, KERNEL - 1)
    inputs = [value("audio_signal", floats, "B", MELS, "T"), value("length", longs, "B"), value("cache_last_channel", floats, *channel_shape),
              value("cache_last_time", floats, *time_shape), value("cache_last_channel_len", longs, "B"), value("prompt_index", longs, "B")]
    outputs = [value("outputs", floats, "B", width, "F"), value("encoded_lengths", longs, "B"),
               value("cache_last_channel_next", floats, *channel_shape), value("cache_last_time_next", floats, *time_shape),
               value("cache_last_channel_next_len", longs, "B")]
    return inputs, outputs, metadata


def encoder_layer(g, shape, x, channel, time, relative, masked, keys):
    """One Conformer block: half a feed-forward, attention over cache and chunk, convolution, the other half."""
    width, size = shape.width, shape.width // HEADS
    swish = lambda x: g.node("Mul", x, g.node("Sigmoid", x))
    half = lambda x, y: g.node("Add", x, g.node("Mul", y, g.scalar(0.5)))
    feed_forward = lambda x: g.linear(swish(g.linear(g.layer_norm(x, width), width, FEED_FORWARD * width)), FEED_FORWARD * width, width)
    heads = lambda x, perm: g.node("Transpose", g.node("Reshape", x, g.integers(0, -1, HEADS, size)), perm=perm)

    x = half(x, feed_forward(x))

    normal = g.layer_norm(x, width)
    seen = g.node("Concat", channel, normal, axis=1)
    next_channel = g.slice(seen, -shape.left, 2**31, 1)
    query, key, values = g.linear(normal, width, width), g.linear(seen, width, width), g.linear(seen, width, width)
    biased = lambda: heads(g.node("Add", query, g.constant(g.noise(width, fan_in=width))), [0, 2, 1, 3])
    content = g.node("MatMul", biased(), heads(key, [0, 2, 3, 1]))
    position = g.node("MatMul", biased(), heads(g.linear(relative, width, width), [0, 2, 3, 1]))
    # The shift that turns relative positions into keys: pad a column, read the rows one element later.
    padded = g.node("Pad", position, g.integers(0, 0, 0, 1, 0, 0, 0, 0))
    swapped = g.node("Reshape", padded, g.node("Concat", g.integers(0, HEADS, -1), g.node("Sub", keys, g.integers(shape.left)), axis=0))
    shifted = g.node("Reshape", g.slice(swapped, 1, 2**31, 2), g.node("Shape", position))
    shifted = g.node("Slice", shifted, g.integers(0), keys, g.integers(3))
    scores = g.node("Mul", g.node("Add", content, shifted), g.scalar(1 / math.sqrt(size)))
    weights = g.node("Softmax", g.node("Where", masked, g.scalar(-10000), scores), axis=-1)
    attended = g.node("MatMul", g.node("Where", masked, g.scalar(0), weights), heads(values, [0, 2, 1, 3]))
    attended = g.node("Reshape", g.node("Transpose", attended, perm=[0, 2, 1, 3]), g.integers(0, -1, width))
    x = g.node("Add", x, g.linear(attended, width, width))

    gate, value_part = g.node("Split", g.linear(g.layer_norm(x, width), width, 2 * width), outputs=2, axis=2)
    gated = g.node("Transpose", g.node("Mul", gate, g.node("Sigmoid", value_part)), perm=[0, 2, 1])
    gated = g.node("Concat", time, gated, axis=2)
    next_time = g.slice(gated, 1 - KERNEL, 2**31, 2)
    y = g.node("Conv", gated, g.constant(g.noise(width, 1, KERNEL, fan_in=KERNEL)), group=width, kernel_shape=[KERNEL])
    y = swish(g.layer_norm(g.node("Transpose", y, perm=[0, 2, 1]), width))
    x = g.node("Add", x, g.linear(y, width, width))

    return g.layer_norm(half(x, feed_forward(x)), width), next_channel, next_time


def at(g, caches, layer):
    return g.node("Gather", caches, g.constant(numpy.array(layer)), axis=1)


def rename(g, x, name, to_float):
    g.nodes.append(helper.make_node("Cast", [x], [name], to=TensorProto.FLOAT) if to_float else helper.make_node("Identity", [x], [name]))


def decoder(g, shape):
    hidden, half = PREDICTOR, g.precision == "fp16"
    to_inner = lambda x: g.node("Cast", x, to=TensorProto.FLOAT16) if half else x
    embedded = g.node("Gather", g.constant(g.noise(shape.vocabulary + 1, hidden, fan_in=1)), "targets", axis=0)
    x = g.node("Transpose", embedded, perm=[1, 0, 2])
    states = [to_inner("states.1"), to_inner("onnx::LSTM_3")]
    # One lane of the hidden state tells odd from even numbers of tokens; what the LSTM makes of it is overwritten.
    parity = g.node("Sub", g.scalar(1), g.slice(g.slice(states[0], 0, 1, 0), 0, 1, 2))
    after = [[], []]
    for layer in range(PREDICTOR_LAYERS):
        weights = [g.constant(g.noise(1, 4 * hidden, hidden, fan_in=hidden)) for _ in range(2)]
        bias = g.constant(numpy.zeros((1, 8 * hidden), g.dtype))
        before = [g.slice(state, layer, layer + 1, 0) for state in states]
        y, *nexts = g.node("LSTM", x, *weights, bias, "", *before, outputs=3, hidden_size=hidden)
        x = g.node("Squeeze", y, g.integers(1))
        for state, value_after in zip(after, nexts):
            state.append(value_after)
    after[0][0] = with_first_lane(g, parity, after[0][0])
    rename(g, g.node("Transpose", with_first_lane(g, parity, x), perm=[1, 2, 0]), "outputs", half)
    rename(g, "target_length", "prednet_lengths", False)
    for name, parts in zip(("states", "states.5"), after):
        rename(g, g.node("Concat", *parts, axis=0), name, half)
    state = (PREDICTOR_LAYERS, "B", hidden)
    floats, ints = TensorProto.FLOAT, TensorProto.INT32
    return ([value("targets", ints, "B", 1), value("target_length", ints, "B"), value("states.1", floats, *state), value("onnx::LSTM_3", floats, *state)],
            [value("outputs", floats, "B", hidden, 1), value("prednet_lengths", ints, "B"), value("states", floats, *state), value("states.5", floats, *state)])


def with_first_lane(g, lane, x):
    return g.node("Concat", lane, g.slice(x, 1, 2**31, 2), axis=2)


def joiner(g, shape):
    half = g.precision == "fp16"
    rows = lambda x, axis: g.node("Unsqueeze", g.node("Transpose", g.node("Cast", x, to=TensorProto.FLOAT16) if half else x, perm=[0, 2, 1]), g.integers(axis))
    frames, tokens = rows("encoder_outputs", 2), rows("decoder_outputs", 1)
    hidden = g.node("Relu", g.node("Add", g.linear(frames, shape.width, PREDICTOR), g.linear(tokens, PREDICTOR, PREDICTOR)))
    # Far above every token where both lanes agree, far below where the audio has crossed the level since the last token.
    differ = g.node("Abs", g.node("Sub", g.slice(frames, 0, 1, 3), g.slice(tokens, 0, 1, 3)))
    blank = g.node("Sub", g.scalar(100), g.node("Mul", differ, g.scalar(200)))
    rename(g, g.node("Concat", g.linear(hidden, PREDICTOR, shape.vocabulary), blank, axis=3), "outputs", half)
    floats = TensorProto.FLOAT
    return ([value("encoder_outputs", floats, "B", shape.width, "T"), value("decoder_outputs", floats, "B", PREDICTOR, "U")],
            [value("outputs", floats, "B", "T", "U", shape.vocabulary + 1)])


def pieces(count):
    """<unk>, then made-up syllables, every other one the beginning of a word; no two alike."""
    syllables = [consonant + vowel for consonant in "bdfgklmnprst" for vowel in "aeiou"]
    made_up = (start + one + two + three for one in syllables for two in syllables for three in syllables for start in ("▁", ""))
    return ["<unk>", *(piece for piece, _ in zip(made_up, range(count - 1)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--precision", choices=DTYPES, default="fp32")
    parser.add_argument("--look-ahead", type=int, default=6, help="encoder frames beside the current one; 6 is 560 ms")
    parser.add_argument("--any-window", action="store_true", help="declare that the graph takes chunks of any size, which it does")
    parser.add_argument("--layers", type=int, default=24)
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("--left", type=int, default=56, help="encoder frames that attention looks back")
    parser.add_argument("--vocabulary", type=int, default=13087)
    shape = parser.parse_args()
    os.makedirs(shape.folder, exist_ok=True)
    suffix = ".int8.onnx" if shape.precision == "int8" else ".onnx"
    for seed, (name, build) in enumerate({"encoder": encoder, "decoder": decoder, "joiner": joiner}.items()):
        # A protobuf file ends at 2 GiB, so only the float encoder has to keep its weights beside itself.
        apart = os.path.join(shape.folder, "encoder.data") if name == "encoder" and shape.precision != "int8" else None
        g = GraphWriter(shape.precision, seed, apart)
        inputs, outputs, *metadata = build(g, shape, shape.look_ahead) if name == "encoder" else build(g, shape)
        g.save(os.path.join(shape.folder, name + suffix), inputs, outputs, *metadata)
    with open(os.path.join(shape.folder, "tokens.txt"), "w") as file:
        file.writelines(f"{piece} {i}\n" for i, piece in enumerate([*pieces(shape.vocabulary), "<blk>"]))


if __name__ == "__main__":
    main()
