"""A GAN of points in the plane: one step of the discriminator, then one of the generator.

Generator       z ~ N(0, I) [256, 2] → Linear 2→128, ReLU → Linear 128→128, ReLU → Linear 128→2
Discriminator   x [256, 2] → Linear 2→128, ReLU → Linear 128→128, ReLU → Linear 128→1: a logit
Step            D: binary cross-entropy of real points against 1 plus that of generated points against 0, each the mean over
                the batch; the points are generated without gradient. Adam on D.
                G: binary cross-entropy of new generated points against 1; D's parameters take no gradient. Adam on G.
Optimisers      Adam, rate 1e-3, β = (0.9, 0.999)
Data            40 batches of 256 points, normal, taken in turn
"""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from harness import adam, batches, require_gradients, serve

BATCH = 256


def network(outputs):
    return nn.Sequential(
        nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, outputs)
    )


def set_up():
    generator, discriminator = network(2), network(1)
    generator_optimiser, discriminator_optimiser = adam(generator), adam(discriminator)
    points = batches(torch.randn(40 * BATCH, 2), BATCH)
    real, generated = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)

    def step():
        with torch.no_grad():
            false_points = generator(torch.randn(BATCH, 2))
        discriminator_optimiser.zero_grad()
        loss = cross_entropy(discriminator(next(points)), real)
        loss = loss + cross_entropy(discriminator(false_points), generated)
        loss.backward()
        discriminator_optimiser.step()

        require_gradients(discriminator, False)
        generator_optimiser.zero_grad()
        cross_entropy(discriminator(generator(torch.randn(BATCH, 2))), real).backward()
        generator_optimiser.step()
        require_gradients(discriminator, True)

    return step


if __name__ == "__main__":
    serve("toygan", {"eager": set_up})
