"""A gated PixelCNN of two stacks (van den Oord et al. 2016, arXiv:1606.05328, figure 2): one training step.

Input       images of 28×28 pixels with 4 grey levels, 32 of them, as one channel of level / 3
Layers      7, each with 32 channels in a vertical stack v and a horizontal stack h (layer 1 takes the image for both).
            gate(a) = tanh(first half of a's channels) · σ(second half)
            a = vertical k×k convolution (v) 32→64,   v ← gate(a)
            b = horizontal 1×k convolution (h) 32→64 + 1×1 convolution (a) 64→64,   h ← h + 1×1 convolution (gate(b)) 32→32
            (layer 1: h ← 1×1 convolution (gate(b)), there being no h to add to)
            k = 7 in layer 1 (channels 1→64), k = 3 in the others; all convolutions keep 28×28 and have biases.
Masks       Layer 1: the vertical kernel sees the rows above, the horizontal one the pixels to the left.
            Others: the vertical kernel sees its row and the rows above, the horizontal one its pixel and those to the left.
Output      ReLU (h) → 1×1 convolution 32→32 → ReLU → 1×1 convolution 32→4: the logits of each pixel's level
Loss        mean cross-entropy over the 25,088 pixels
Optimiser   Adam, rate 1e-3, β = (0.9, 0.999)
Data        8 batches of 32 images of random levels, taken in turn

28 GFLOP a step is the dense count: kernels whole, masked taps multiplied by zero. Variants: masks in that sense, or
kernels cut to what they see (padded so that every pixel still sees only what precedes it), which is 28 % less work.
"""

import torch
from torch import nn
from torch.nn.functional import conv2d, cross_entropy, pad, relu

from harness import adam, batches, serve

BATCH, SIDE, LEVELS, CHANNELS, LAYERS = 32, 28, 4, 32, 7


class MaskedConvolution(nn.Conv2d):
    """A convolution whose kernel has zeros where it must not see."""

    def __init__(self, inputs, outputs, rows, columns, seen_rows, seen_columns):
        super().__init__(inputs, outputs, (rows, columns), padding=(rows // 2, columns // 2))
        mask = torch.zeros(rows, columns)
        mask[:seen_rows, :seen_columns] = 1
        self.register_buffer("mask", mask)

    def forward(self, x):
        return conv2d(x, self.weight * self.mask, self.bias, padding=self.padding)


class CutConvolution(nn.Conv2d):
    """The same convolution with the unseen taps cut off its kernel."""

    def __init__(self, inputs, outputs, rows, columns, seen_rows, seen_columns):
        super().__init__(inputs, outputs, (seen_rows, seen_columns))
        # Left, right, top, bottom: a tap keeps its distance from the pixel it serves.
        left, top = columns // 2, rows // 2
        self.around = (left, seen_columns - 1 - left, top, seen_rows - 1 - top)

    def forward(self, x):
        return super().forward(pad(x, self.around))


class GatedLayer(nn.Module):
    def __init__(self, convolution, inputs, size, is_first):
        super().__init__()
        middle = size // 2
        seen = middle if is_first else middle + 1
        self.is_first = is_first
        self.vertical = convolution(inputs, 2 * CHANNELS, size, size, seen, size)
        self.horizontal = convolution(inputs, 2 * CHANNELS, 1, size, 1, seen)
        self.across = nn.Conv2d(2 * CHANNELS, 2 * CHANNELS, 1)
        self.output = nn.Conv2d(CHANNELS, CHANNELS, 1)

    def forward(self, vertical, horizontal):
        above = self.vertical(vertical)
        left = self.horizontal(horizontal) + self.across(above)
        output = self.output(gate(left))
        return gate(above), output if self.is_first else horizontal + output


def gate(channels):
    value, opening = channels.chunk(2, 1)
    return torch.tanh(value) * torch.sigmoid(opening)


class PixelCNN(nn.Module):
    def __init__(self, convolution):
        super().__init__()
        layers = [GatedLayer(convolution, 1, 7, True)]
        layers += [GatedLayer(convolution, CHANNELS, 3, False) for _ in range(LAYERS - 1)]
        self.layers = nn.ModuleList(layers)
        self.hidden = nn.Conv2d(CHANNELS, CHANNELS, 1)
        self.logits = nn.Conv2d(CHANNELS, LEVELS, 1)

    def forward(self, x):
        vertical = horizontal = x
        for layer in self.layers:
            vertical, horizontal = layer(vertical, horizontal)
        return self.logits(relu(self.hidden(relu(horizontal))))


def network(convolution, memory_format):
    torch.manual_seed(0)
    return PixelCNN(convolution).to(memory_format=memory_format)


def set_up(convolution, memory_format):
    model = network(convolution, memory_format)
    optimiser = adam(model)
    images = batches(torch.randint(LEVELS, (8 * BATCH, SIDE, SIDE)), BATCH)

    def step():
        optimiser.zero_grad()
        levels = next(images)
        x = (levels.float() / (LEVELS - 1)).unsqueeze(1)
        cross_entropy(model(x), levels).backward()
        optimiser.step()

    return step


if __name__ == "__main__":
    first, last = torch.contiguous_format, torch.channels_last
    serve(
        "pixelcnn",
        {
            "masked, channels first": lambda: set_up(MaskedConvolution, first),
            "masked, channels last": lambda: set_up(MaskedConvolution, last),
            "cut, channels first": lambda: set_up(CutConvolution, first),
            "cut, channels last": lambda: set_up(CutConvolution, last),
        },
    )
