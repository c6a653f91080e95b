"""A deep convolutional GAN on images of 28×28: one step of the discriminator, then one of the generator.

Generator       z ~ N(0, I) [64, 100] → Linear 100→7·7·128 without bias → batch norm, ReLU            7×7×128
                → transposed convolution 128→64 without bias → batch norm, ReLU                     14×14×64
                → transposed convolution 64→1 with bias → tanh                                       28×28×1
Discriminator   x → convolution 1→64 with bias → leaky ReLU 0.2                                     14×14×64
                → convolution 64→128 without bias → batch norm, leaky ReLU 0.2                       7×7×128
                → Linear 7·7·128→1 with bias: a logit
                All convolutions: kernel 4×4, stride 2, padding 1. Batch norm: per channel, ε = 1e-5, trained scale and
                shift, running statistics with momentum 0.1; the real and the false batch pass separately.
Step            D: binary cross-entropy of real images against 1 plus that of generated images against 0, each the mean over
                the batch; the images are generated without gradient. Adam on D.
                G: binary cross-entropy of new generated images against 1; D's parameters take no gradient. Adam on G.
Optimisers      Adam, rate 2e-4, β = (0.5, 0.999)
Data            20 batches of 64 images, uniform in [−1, 1], taken in turn
"""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.functional import leaky_relu, relu

from harness import adam, batches, require_gradients, serve

BATCH = 64


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(100, 128 * 7 * 7, bias=False)
        self.project_norm = nn.BatchNorm2d(128)
        self.grow = nn.ConvTranspose2d(128, 64, 4, stride=2, padding=1, bias=False)
        self.grow_norm = nn.BatchNorm2d(64)
        self.draw = nn.ConvTranspose2d(64, 1, 4, stride=2, padding=1)

    def forward(self, memory_format):
        code = torch.randn(BATCH, 100)
        seven = self.project(code).view(BATCH, 128, 7, 7).contiguous(memory_format=memory_format)
        seven = relu(self.project_norm(seven))
        fourteen = relu(self.grow_norm(self.grow(seven)))
        return torch.tanh(self.draw(fourteen))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 64, 4, stride=2, padding=1)
        self.second = nn.Conv2d(64, 128, 4, stride=2, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(128)
        self.logit = nn.Linear(128 * 7 * 7, 1)

    def forward(self, x):
        fourteen = leaky_relu(self.first(x), 0.2)
        seven = leaky_relu(self.second_norm(self.second(fourteen)), 0.2)
        return self.logit(seven.flatten(1))


def set_up(memory_format):
    generator = Generator().to(memory_format=memory_format)
    discriminator = Discriminator().to(memory_format=memory_format)
    generator_optimiser = adam(generator, rate=2e-4, betas=(0.5, 0.999))
    discriminator_optimiser = adam(discriminator, rate=2e-4, betas=(0.5, 0.999))
    images = batches(torch.rand(20 * BATCH, 1, 28, 28) * 2 - 1, BATCH)
    real, generated = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)

    def step():
        with torch.no_grad():
            false_images = generator(memory_format)
        discriminator_optimiser.zero_grad()
        loss = cross_entropy(discriminator(next(images)), real)
        loss = loss + cross_entropy(discriminator(false_images), generated)
        loss.backward()
        discriminator_optimiser.step()

        require_gradients(discriminator, False)
        generator_optimiser.zero_grad()
        cross_entropy(discriminator(generator(memory_format)), real).backward()
        generator_optimiser.step()
        require_gradients(discriminator, True)

    return step


if __name__ == "__main__":
    serve(
        "dcgan",
        {
            "channels first": lambda: set_up(torch.contiguous_format),
            "channels last": lambda: set_up(torch.channels_last),
        },
    )
