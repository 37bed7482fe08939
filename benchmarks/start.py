"""`python -m benchmarks.start`: from `make up` to ready, first and second boot, and the idle memory of all parts.

Each boot is timed as a person sees it, from the command to the line that says where to open the page: the
first on an empty data folder, the second on what it left, the last after `kill -9` of every process.
Installing is not in it.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.product import Product

_SETTLING_SECONDS = 10


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="data folders to start on; medians count")
    options = parser.parse_args()
    runs = [_run() for _ in range(options.runs)]
    figures = {name: round(statistics.median(run[name] for run in runs), 1) for name in runs[0]}
    for name, value in figures.items():
        print(f"{name:28}{value:>8}")
    print(json.dumps(figures))


def _run() -> dict[str, float]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        product = Product(Path(folder) / "data")
        figures = {"first_boot_s": _boot(product)}
        time.sleep(_SETTLING_SECONDS)
        memory = product.memory_mib()
        figures["idle_memory_mib"] = sum(memory.values())
        product.stop()
        figures["second_boot_s"] = _boot(product)
        product.kill()
        figures["boot_after_kill_s"] = _boot(product)
        product.stop()
        return figures


def _boot(product: Product) -> float:
    start = time.monotonic()
    product.start()
    return time.monotonic() - start


if __name__ == "__main__":
    main()
