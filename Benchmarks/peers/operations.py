"""What an operation costs beside its arithmetic: 1,000 multiplications of single numbers, one after the other.

Step        y₀ = x, yₖ = yₖ₋₁ · w for k = 1…1000, with x and w tensors of one element; the gradient of y₁₀₀₀ at x and w
An operation is one multiplication, forward and backward.
"""

import torch

from harness import serve

OPERATIONS = 1000


def set_up():
    x = torch.tensor([1.0], requires_grad=True)
    w = torch.tensor([0.999], requires_grad=True)

    def step():
        x.grad = w.grad = None
        y = x
        for _ in range(OPERATIONS):
            y = y * w
        y.backward()

    return step


if __name__ == "__main__":
    serve("operations", {"eager": set_up})
