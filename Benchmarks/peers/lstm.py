"""A recurrent network that predicts the next of 167 symbols: one training step over 400 symbols.

Input       400 symbols of 32 sequences, each as a 1-of-167 vector
Cell        512 LSTM cells, from zero state. With x the vector, h the output before it, c the state:
            a = x W [167, 2048] + h U [512, 2048] + b,  split into i, f, g, o of 512 each
            c ← σ(f) · c + σ(i) · tanh g,  h ← σ(o) · tanh c
Output      Linear 512→167 of each h: logits of the next symbol
Loss        mean cross-entropy over the 12,800 predictions
Optimiser   Adam, rate 1e-3, β = (0.9, 0.999)
Data        4 batches of 32 sequences of 401 random symbols, taken in turn

Variants: PyTorch's own nn.LSTM (its two biases are one here and there: their sum), and the loop over time in the open,
with one product for all inputs before it. The 1-of-167 vectors are made in every step, from the symbols.
"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy, one_hot

from harness import adam, batches, serve

BATCH, STEPS, SYMBOLS, CELLS = 32, 400, 167, 512


class OpenLoop(nn.Module):
    """The recurrence written out."""

    def __init__(self):
        super().__init__()
        self.input = nn.Linear(SYMBOLS, 4 * CELLS)
        self.recurrent = nn.Parameter(torch.randn(CELLS, 4 * CELLS) / CELLS**0.5)

    def forward(self, x):
        state = output = torch.zeros(BATCH, CELLS)
        outputs = []
        for from_input in self.input(x).unbind(0):
            gates = torch.addmm(from_input, output, self.recurrent)
            keep_in, keep, new, out = gates.chunk(4, 1)
            state = torch.sigmoid(keep) * state + torch.sigmoid(keep_in) * torch.tanh(new)
            output = torch.sigmoid(out) * torch.tanh(state)
            outputs.append(output)
        return torch.stack(outputs), None


def set_up(recurrence):
    logits = nn.Linear(CELLS, SYMBOLS)
    optimiser = adam(recurrence, logits)
    texts = batches(torch.randint(SYMBOLS, (4 * BATCH, STEPS + 1)), BATCH)

    def step():
        optimiser.zero_grad()
        text = next(texts).t()
        x = one_hot(text[:-1], SYMBOLS).float()
        outputs, _ = recurrence(x)
        loss = cross_entropy(logits(outputs).flatten(0, 1), text[1:].flatten())
        loss.backward()
        optimiser.step()

    return step


if __name__ == "__main__":
    serve(
        "lstm",
        {
            "open loop": lambda: set_up(OpenLoop()),
            "nn.LSTM": lambda: set_up(nn.LSTM(SYMBOLS, CELLS)),
        },
    )
