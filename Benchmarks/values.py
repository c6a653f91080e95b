"""Computes again, with PyTorch in float64, what our operations made of random numbers, and tells the worst difference.

    python values.py FILE

FILE is in the safetensors format, with tensors called values["case.part"]: operands and, as y, our result. Pictures
are [batch, height, width, channels] there, weights [window, window, channels, filters]. Ends with 1 where a result is
further off than 1e-12 of the largest number in it.
"""

import json
import struct
import sys

import torch
from torch.nn import functional as F


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    cases = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        start, end = (8 + length + place for place in entry["data_offsets"])
        tensor = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float64).reshape(entry["shape"])
        case, part = name[len('values["') : -len('"]')].rsplit(".", 1)
        cases.setdefault(case, {})[part] = tensor
    return cases


def first(x):
    """Channels first, as PyTorch has them."""
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


def lstm(g, c, **_):
    i, f, candidate, o = g.chunk(4, 1)
    memory = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(candidate)
    return torch.sigmoid(o) * torch.tanh(memory)


AGAIN = {
    "product": lambda a, b: a @ b,
    "convolution": lambda x, w: last(
        F.conv2d(first(x), w.permute(3, 2, 0, 1), stride=2, padding=2, dilation=2)
    ),
    "transposed": lambda x, w: last(
        F.conv_transpose2d(first(x), w.permute(3, 2, 0, 1), stride=2, padding=1)
    ),
    "sequence": lambda x, w: last(F.conv1d(F.pad(first(x), (w.shape[0] - 1, 0)), w.permute(2, 1, 0))),
    "max pooling": lambda x: last(F.max_pool2d(first(x), 2)),
    "mean pooling": lambda x: last(F.avg_pool2d(first(x), 2)),
    "batch norm": lambda x: last(F.batch_norm(first(x), None, None, training=True)),
    "layer norm": lambda x: F.layer_norm(x, x.shape[-1:]),
    "instance norm": lambda x: last(F.instance_norm(first(x))),
    "softmax": lambda x: x.softmax(-1),
    "log softmax": lambda x: x.log_softmax(-1),
    "log-sum-exp": lambda x: x.logsumexp(-1),
    "softplus": F.softplus,
    "erf": torch.erf,
    "Bernoulli loss": lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none"),
    "LSTM cell": lstm,
    "attention": lambda q, k, v: F.scaled_dot_product_attention(q, k, v),
}


def main():
    cases = read(sys.argv[1])
    failed = sorted(cases.keys() ^ AGAIN.keys())
    for name in failed:
        print(f"✗ {name}: only one side has it")
    for name in sorted(cases.keys() & AGAIN.keys()):
        parts = cases[name]
        ours = parts.pop("y")
        theirs = AGAIN[name](**parts)
        if theirs.shape != ours.shape:
            print(f"✗ {name}: ours {list(ours.shape)}, PyTorch's {list(theirs.shape)}")
            failed.append(name)
            continue
        difference = ((theirs - ours).abs().max() / theirs.abs().max()).item()
        if not difference <= 1e-12:
            failed.append(name)
        print(f"{'✗' if name in failed else '✓'} {name}: {difference:.1e}")
    print(f"{len(cases) - len(failed)} of {len(cases)} operations agree with PyTorch {torch.__version__}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
