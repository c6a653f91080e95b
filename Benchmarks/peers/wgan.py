"""A Wasserstein GAN with gradient penalty on images of 28×28: one step of the critic, which differentiates a gradient.

Critic      x [64, 28×28×1] → convolution 1→64, leaky ReLU 0.2                                      14×14×64
            → convolution 64→128, leaky ReLU 0.2                                                     7×7×128
            → Linear 7·7·128→1: a score
            All layers have biases; convolutions: kernel 4×4, stride 2, padding 1. No batch norm.
Step        false = 64 images of the generator of dcgan.py, drawn without gradient
            between = u · real + (1 − u) · false, u uniform in [0, 1), one for each image
            slope = ‖∇ critic(between)‖₂, one for each image
            loss = mean critic(false) − mean critic(real) + 10 · mean (slope − 1)²
Optimiser   Adam, rate 1e-4, β = (0, 0.9)
Data        20 batches of 64 images, uniform in [−1, 1], taken in turn
"""

import torch
from torch import nn
from torch.nn.functional import leaky_relu

from dcgan import BATCH, Generator
from harness import adam, batches, serve


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 64, 4, stride=2, padding=1)
        self.second = nn.Conv2d(64, 128, 4, stride=2, padding=1)
        self.score = nn.Linear(128 * 7 * 7, 1)

    def forward(self, x):
        fourteen = leaky_relu(self.first(x), 0.2)
        return self.score(leaky_relu(self.second(fourteen), 0.2).flatten(1))


def set_up(memory_format):
    critic = Critic().to(memory_format=memory_format)
    generator = Generator().to(memory_format=memory_format)
    optimiser = adam(critic, rate=1e-4, betas=(0.0, 0.9))
    images = batches(torch.rand(20 * BATCH, 1, 28, 28) * 2 - 1, BATCH)

    def step():
        optimiser.zero_grad()
        with torch.no_grad():
            false = generator(memory_format)
        real = next(images)
        share = torch.rand(BATCH, 1, 1, 1)
        between = (share * real + (1 - share) * false).requires_grad_()
        (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
        slope = gradient.flatten(1).norm(dim=1)
        loss = critic(false).mean() - critic(real).mean() + 10 * (slope - 1).square().mean()
        loss.backward()
        optimiser.step()

    return step


if __name__ == "__main__":
    serve(
        "wgan",
        {
            "channels first": lambda: set_up(torch.contiguous_format),
            "channels last": lambda: set_up(torch.channels_last),
        },
    )
