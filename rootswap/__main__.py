"""`python -m rootswap`: the command line."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # a foreign simulator/ or steps/ in the current folder is not ours
    from rootswap import main

    main()
