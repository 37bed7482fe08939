"""`python -m local_cloud.openai_api --port P --data FOLDER`."""

import argparse
from pathlib import Path

from local_cloud.openai_api.app import serve


def main() -> None:
    """Read the command line and serve on 127.0.0.1."""
    parser = argparse.ArgumentParser(prog="python -m local_cloud.openai_api", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder that keeps the embedding model")
    parser.add_argument("--token-delay", type=float, default=0.0, help="seconds before each streamed chunk")
    options = parser.parse_args()
    serve(options.port, options.data, options.token_delay)


if __name__ == "__main__":
    main()
