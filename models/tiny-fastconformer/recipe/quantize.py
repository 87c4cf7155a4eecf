"""Make the 8-bit trio from the float trio, with python3-onnx alone.

    quantize.py MODEL_FOLDER

Every MatMul or Gemm with constant weights becomes DynamicQuantizeLinear,
MatMulInteger and a scale: weights have 8 bits with one scale per output column,
activations are quantized per call. What stays float:

- the prompt network: the language moves its output by little, and 8-bit
  activations can swallow that;
- convolutions, which this encoder has few of, and the LSTM of the decoder, for
  which the standard has no integer operator. The decoder is therefore a copy.

Weights are stored unsigned with zero point 128. That is symmetric 8-bit, but
avoids the 16-bit saturation of mixed-sign products on CPUs without VNNI.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

TRIO = ("encoder", "decoder", "joiner")
ZERO_POINT = 128
KEPT_FLOAT = "prompt"  # part of the names of nodes that must not be quantized


def constants(graph):
    """Name -> array for initializers and Constant nodes."""
    found = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            for attribute in node.attribute:
                if attribute.name == "value":
                    found[node.output[0]] = numpy_helper.to_array(attribute.t)
    return found


def quantize_weight(weight):
    """[rows, columns] float to unsigned 8-bit around 128 and one scale per column."""
    scale = np.abs(weight).max(axis=0) / 127.0
    scale[scale == 0] = 1.0
    quantized = np.clip(np.rint(weight / scale), -127, 127) + ZERO_POINT
    return quantized.astype(np.uint8), scale.astype(np.float32)


def weight_of(node, values):
    """The constant [rows, columns] matrix that a node multiplies by, or None."""
    if node.op_type not in ("MatMul", "Gemm") or KEPT_FLOAT in node.name:
        return None
    weight = values.get(node.input[1])
    if weight is None or weight.ndim != 2 or weight.dtype != np.float32:
        return None
    if node.op_type == "Gemm":
        options = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        plain = all(options.get(key, 1) == 1 for key in ("alpha", "beta")) and not options.get("transA")
        if not plain:
            return None
        return weight.T if options.get("transB") else weight
    return weight


def integer_nodes(node, weight, activations):
    """The nodes and initializers that replace one MatMul or Gemm."""
    base = node.name or node.output[0]
    quantized, scale = quantize_weight(weight)
    initializers = [
        numpy_helper.from_array(quantized, f"{base}_weight"),
        numpy_helper.from_array(scale, f"{base}_scale"),
        numpy_helper.from_array(np.uint8(ZERO_POINT), f"{base}_zero"),
    ]
    nodes = []
    source = node.input[0]
    if source not in activations:
        # Several products of one input, as in attention, share its quantization.
        activations[source] = [f"{source}_{part}" for part in ("quantized", "scale", "zero")]
        nodes.append(
            helper.make_node("DynamicQuantizeLinear", [source], activations[source], name=f"{source}_quantize")
        )
    values, value_scale, value_zero = activations[source]
    integers, floats, both = f"{base}_integers", f"{base}_floats", f"{base}_both_scales"
    has_bias = node.op_type == "Gemm" and len(node.input) == 3
    product = f"{base}_product" if has_bias else node.output[0]
    nodes += [
        helper.make_node(
            "MatMulInteger",
            [values, f"{base}_weight", value_zero, f"{base}_zero"],
            [integers],
            name=f"{base}_multiply",
        ),
        helper.make_node("Cast", [integers], [floats], to=TensorProto.FLOAT, name=f"{base}_cast"),
        helper.make_node("Mul", [value_scale, f"{base}_scale"], [both], name=f"{base}_combine"),
        helper.make_node("Mul", [floats, both], [product], name=f"{base}_rescale"),
    ]
    if has_bias:
        nodes.append(helper.make_node("Add", [product, node.input[2]], [node.output[0]], name=f"{base}_bias"))
    return nodes, initializers


def quantize(model):
    """Replace what can be replaced, in place; returns how many products were."""
    graph = model.graph
    values = constants(graph)
    nodes, added, activations, replaced = [], [], {}, 0
    for node in graph.node:
        weight = weight_of(node, values)
        if weight is None:
            nodes.append(node)
            continue
        new_nodes, initializers = integer_nodes(node, weight, activations)
        nodes += new_nodes
        added += initializers
        replaced += 1
    used = {name for node in nodes for name in node.input} | {output.name for output in graph.output}
    nodes = [node for node in nodes if node.op_type != "Constant" or node.output[0] in used]
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept + added)
    onnx.checker.check_model(model)
    return replaced


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for name in TRIO:
        model = onnx.load(folder / f"{name}.onnx")
        replaced = quantize(model)
        target = folder / f"{name}.int8.onnx"
        onnx.save(model, target)
        print(f"{target.name}: {replaced} products in 8 bits, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
