"""What the PyTorch programs of this folder share: they take orders on standard input and answer on standard output.

    python vae.py --threads 1

An order is a line, an answer is a line of JSON. The first answer comes unasked, as soon as the program is warm:

    {"ready": "vae", "version": "PyTorch 2.13.0+cpu", "variant": "eager"}
    run 20   → {"steps": 20, "wall": 0.101, "processor": 0.100}     seconds of all twenty, by the clock and by the processor
    memory   → {"bytes": 41943040}                                  see Server.memory
    count    → {"flop": 419840000}                                  see Server.count

An order that is not understood is answered by {"error": …}. The programs end with their input.

A workload is a function that returns a function without arguments: one step of training. Where PyTorch can do the
same work in several ways (memory layouts, a loop or nn.LSTM), each way is a variant, and the fastest one here and now
is what is measured: every variant runs for a moment in a process of its own, so that the others leave no trace. The
first variant is the one that spells the work out.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import time


def serve(name, variants):
    """Serves the workload `name`; `variants` maps the name of each variant to the function that sets it up."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--variant", choices=list(variants), help="default: the fastest")
    options = parser.parse_args()
    variant = options.variant or fastest(list(variants), options.threads)

    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(options.threads)
    import torch

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    Server(name, variant, variants).obey()


def fastest(variants, threads):
    """The variant with the least time of a step by the clock."""
    if len(variants) == 1:
        return variants[0]
    seconds = {}
    for variant in variants:
        command = [sys.executable, sys.argv[0], "--threads", str(threads), "--variant", variant]
        orders = "run 1\n" * 7
        said = subprocess.run(command, input=orders, capture_output=True, text=True, check=True).stdout
        answers = [json.loads(line) for line in said.splitlines()]
        # By one thread the processor's clock tells more: it stands still while another program has its turn.
        clock = "processor" if threads == 1 else "wall"
        seconds[variant] = min(answer[clock] for answer in answers[1:])
    return min(seconds, key=seconds.get)


class Server:
    """One workload, set up and warm, that obeys orders."""

    def __init__(self, name, variant, variants):
        import torch

        self.variants = variants
        load_all_of_torch()
        self.memory_before = peak_memory()
        self.step = variants[variant]()
        begin = time.perf_counter()
        steps = 0
        while steps < 2 or time.perf_counter() - begin < 0.5:
            self.step()
            steps += 1
        gc.collect()
        answer(ready=name, version=f"PyTorch {torch.__version__}", variant=variant)

    def obey(self):
        for line in sys.stdin:
            match line.split():
                case ["run", count] if count.isdigit() and int(count) > 0:
                    self.run(int(count))
                case ["memory"]:
                    self.memory()
                case ["count"]:
                    self.count()
                case []:
                    pass
                case _:
                    answer(error=f"expected run COUNT, memory or count, found {line.strip()!r}")

    def run(self, steps):
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(steps):
            self.step()
        answer(
            steps=steps, wall=time.perf_counter() - wall, processor=time.process_time() - processor
        )

    def memory(self):
        """Most memory held so far, less what was held once torch had trained something tiny."""
        answer(bytes=peak_memory() - self.memory_before)

    def count(self):
        """Products and convolutions of a step of the first variant, as torch's own FlopCounterMode counts them."""
        from torch.utils.flop_counter import FlopCounterMode

        step = next(iter(self.variants.values()))()
        counter = FlopCounterMode(display=False)
        # Its record of modules cannot stand a gradient inside a gradient, and only the total is wanted.
        counter.mod_tracker = NoModules()
        with counter:
            step()
        answer(flop=counter.get_total_flops())


class NoModules:
    parents = {"Global"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def load_all_of_torch():
    """Torch loads parts of itself, the optimiser for one, when they are first used."""
    import torch

    tiny = torch.nn.Linear(1, 1)
    optimiser = adam(tiny)
    tiny(torch.ones(1, 1)).sum().backward()
    optimiser.step()


def peak_memory():
    """Bytes. Linux's ru_maxrss would not do: it remembers the program that started this one."""
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def answer(**values):
    print(json.dumps(values), flush=True)


def adam(*modules, rate=1e-3, betas=(0.9, 0.999)):
    """Adam over all parameters of the modules, as one fused kernel a step."""
    from torch.optim import Adam

    parameters = [parameter for module in modules for parameter in module.parameters()]
    return Adam(parameters, lr=rate, betas=betas, fused=True)


def batches(pool, size):
    """Endlessly, the pool's consecutive batches."""
    while True:
        for start in range(0, len(pool), size):
            yield pool[start : start + size]


def require_gradients(module, required):
    for parameter in module.parameters():
        parameter.requires_grad_(required)
