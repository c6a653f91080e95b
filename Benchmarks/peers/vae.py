"""A variational auto-encoder of fully connected layers: one training step.

Encoder     x [128, 784] → Linear 784→400, ReLU → h
            μ = Linear 400→20 (h),  log σ² = Linear 400→20 (h)
Code        z = μ + ε · exp(½ log σ²),  ε ~ N(0, I) drawn in every step
Decoder     z → Linear 20→400, ReLU → Linear 400→784: the logits of 784 Bernoulli pixels
Loss        (Σ binary cross-entropy with logits − ½ Σ (1 + log σ² − μ² − σ²)) / 128
Optimiser   Adam, rate 1e-3, β = (0.9, 0.999)
Data        60 batches of 128 images, each pixel 1 with probability 0.2, taken in turn
"""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, relu

from harness import adam, batches, serve

BATCH = 128


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(784, 400)
        self.mean = nn.Linear(400, 20)
        self.log_variance = nn.Linear(400, 20)
        self.decoder = nn.Linear(20, 400)
        self.logits = nn.Linear(400, 784)

    def loss(self, x):
        hidden = relu(self.encoder(x))
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        code = mean + torch.randn(BATCH, 20) * torch.exp(0.5 * log_variance)
        logits = self.logits(relu(self.decoder(code)))
        reconstruction = binary_cross_entropy_with_logits(logits, x, reduction="sum")
        divergence = -0.5 * torch.sum(1 + log_variance - mean * mean - log_variance.exp())
        return (reconstruction + divergence) / BATCH


def set_up():
    vae = VAE()
    optimiser = adam(vae)
    images = batches((torch.rand(60 * BATCH, 784) < 0.2).float(), BATCH)

    def step():
        optimiser.zero_grad()
        vae.loss(next(images)).backward()
        optimiser.step()

    return step


if __name__ == "__main__":
    serve("vae", {"eager": set_up})
