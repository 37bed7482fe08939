"""`python -m local_cloud up`: the whole of Lectern on this machine."""

import sys

from local_cloud.up import main

if __name__ == "__main__":
    if sys.argv[1:] != ["up"]:
        sys.exit("Usage: python -m local_cloud up")
    sys.exit(main())
